"""From a name or a path to an encoder."""

from pathlib import Path

from tithi.encoder.model import SHIPPED, read_model, shipped_model
from tithi.encoder.protocol import Encoder

__all__ = ["load"]


def load(name: str | Path | None = None) -> Encoder:
    """Return the encoder that `name` names: None or `"tithi"` the shipped one, otherwise a model file's path.

    Raises:
        DataError: The model is missing or damaged.
    """
    path = shipped_model() if name is None or name == SHIPPED else Path(name)
    return read_model(path)
