"""Hindi-English parallel corpora from article pairs: date-anchored alignment, fidelity checks, datasets."""
