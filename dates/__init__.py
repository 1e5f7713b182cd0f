"""Dates in Hindi and English text, as half-open spans with an EDTF value."""
