"""Text to vectors in which translations lie close: the shipped model, its training, and other encoders by name."""

from tithi.encoder.choose import load

__all__ = ["load"]
