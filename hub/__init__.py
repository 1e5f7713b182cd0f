"""A dataset on the Hugging Face Hub: published, brought up to date, read back."""
