"""Benchmarks and the training of what the package ships; run each with `python -m benchmarks.NAME`."""
