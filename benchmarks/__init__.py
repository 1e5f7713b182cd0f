"""What measures the package; run each with `python -m benchmarks.NAME`. Not part of the package."""
