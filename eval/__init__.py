"""How good an alignment, a pair or a translation is, in figures and in words."""
