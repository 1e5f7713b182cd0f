"""The way through the house: many article pairs in, one dataset out."""
