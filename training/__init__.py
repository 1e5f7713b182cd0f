"""What makes the models that the package ships; run each with `python -m training.NAME`. Not part of the package."""
