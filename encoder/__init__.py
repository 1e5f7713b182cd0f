"""Text to vectors: the embedded bilingual model and, optionally, neural encoders behind one protocol."""
