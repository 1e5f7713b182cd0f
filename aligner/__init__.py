"""Dates, segments, sentences and beads: from two articles to their alignment."""
