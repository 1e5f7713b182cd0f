"""The embedded encoder: one vector a piece, a sentence being the sum of its pieces' vectors.

A model is one `.npz` file without pickles. It holds the SentencePiece model (which carries the normaliser), int8 rows
with one float scale each, and a JSON header with the format version, the name, where the model comes from and the
SHA-256 of everything else, which is checked at load. Nothing but numpy and SentencePiece is needed to use it.

What it does not do: it sees no word order, so "A beats B" and "B beats A" have one vector.
"""

import hashlib
import json
import logging
import time
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from tithi.encoder.bags import Bags
from tithi.encoder.known import KnownWords
from tithi.encoder.normalise import VERSION as RULES_VERSION
from tithi.encoder.protocol import FloatArray
from tithi.encoder.sums import sum_rows
from tithi.errors import DataError
from tithi.records import Lang

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor

__all__ = [
    "FORMAT",
    "SHIPPED",
    "PieceEncoder",
    "quantise",
    "read_model",
    "save_model",
    "shipped_model",
    "unit_rows",
]

FORMAT = 1
"""Version of the file layout; a file of another one is refused."""

SHIPPED = "tithi"
"""The name by which the shipped model is asked for."""

_LOGGER = logging.getLogger("tithi")
_KIND = "tithi-encoder"
_BATCH = 8192


def unit_rows(rows: FloatArray) -> FloatArray:
    """Return `rows` (n, d) divided by their norms; zero rows stay zero."""
    norms = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    out: FloatArray = np.divide(rows, norms, out=np.zeros_like(rows), where=norms > 0)
    return out


def quantise(rows: FloatArray) -> tuple[NDArray[np.int8], FloatArray]:
    """Return int8 rows (n, d) and scales (n,) whose product is `rows` within 1/254 of a row's peak."""
    scales = (np.abs(rows).max(axis=1) / 127).astype(np.float32)
    steps = np.divide(rows, scales[:, None], out=np.zeros_like(rows), where=scales[:, None] > 0)
    return np.rint(steps).astype(np.int8), scales


def _digest(spm: bytes, rows: NDArray[np.int8], scales: FloatArray, header: dict[str, Any]) -> str:
    """Return the SHA-256 over all that shapes the vectors."""
    shape = {key: header[key] for key in ("format", "rules")} | {"shape": list(rows.shape)}
    digest = hashlib.sha256(json.dumps(shape, sort_keys=True).encode())
    for part in (spm, np.ascontiguousarray(rows).data, np.ascontiguousarray(scales).data):
        digest.update(part)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True, eq=False)
class PieceEncoder:
    """A loaded model; see `tithi.encoder.load`. It is a `SumEncoder`.

    `processor` cuts texts into pieces. `table` is `(pieces, d)` float32, a row for each. `header` is the model file's.
    `known` are the words that it has met, at most some 20 MB.
    """

    processor: "SentencePieceProcessor"
    table: FloatArray
    header: dict[str, Any] = field(repr=False)
    known: KnownWords = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Know no word yet."""
        object.__setattr__(self, "known", KnownWords(self.processor))

    @property
    def name(self) -> str:
        """The model's own name with the first 12 characters of its digest."""
        return f"{self.header['name']}-{self.header['sha256'][:12]}"

    @property
    def dim(self) -> int:
        """The number of components of a vector."""
        return int(self.table.shape[1])

    def encode(self, texts: Sequence[str], lang: Lang) -> FloatArray:
        """Return `(n, d)` float32 unit rows, one a text; a text without any piece is the zero row.

        Example: `encode(["बाढ़ आई।"], "hi")` lies closer to `encode(["The flood came."], "en")` than to other sentences.
        """
        return unit_rows(self.sums(texts, lang))

    def sums(self, texts: Sequence[str], lang: Lang) -> FloatArray:
        """Return `(n, d)` float32 rows, not normalised: the sums of the rows of each text's pieces.

        Time is linear in the characters, memory in those of 8,192 texts. The norm of a row grows with what a text says.
        """
        del lang  # one vocabulary serves both
        out = np.empty((len(texts), self.dim), np.float32)
        for first in range(0, len(texts), _BATCH):
            part = slice(first, first + _BATCH)
            sum_rows(self.table, self.pieces(texts[part]), out[part])
        return out

    def pieces(self, texts: Sequence[str]) -> Bags:
        """Return the numbers of each text's pieces."""
        return self.known.pieces(texts)

    def rarity(self, word: str) -> float:
        """Return the log chance of a word among all words, which is the sum of its pieces'.

        Example: `की` has -5, `Sandeshkhali` -35.
        """
        return self.rarities([word])[0]

    def rarities(self, words: Sequence[str]) -> list[float]:
        """Return the `rarity` of each word, which is faster for many at once."""
        bags = self.pieces(words)
        # No sum of so short numbers is rounded, so that their order does not matter.
        scores = np.array(self.processor.get_score(bags.ids.tolist()), np.float64)
        totals = np.concatenate(([0.0], np.cumsum(scores)))
        told: list[float] = (totals[bags.offsets[1:]] - totals[bags.offsets[:-1]]).tolist()
        return told


def shipped_model() -> Path:
    """Return where the shipped model file lies."""
    return Path(str(files("tithi.encoder").joinpath(f"{SHIPPED}.npz")))


def read_model(path: Path) -> PieceEncoder:
    """Read a model file.

    Raises:
        DataError: The file is missing, damaged, not a model, or of another version.
    """
    began = time.monotonic()
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            header = json.loads(arrays["header"].tobytes())
            if header.get("kind") != _KIND:
                raise ValueError("the header names another kind of file")
            if header["format"] != FORMAT or header["rules"] != RULES_VERSION:
                raise DataError(
                    f"{path}: a model must be of format {FORMAT} with normaliser rules {RULES_VERSION}; "
                    f"got format {header['format']} with rules {header['rules']}; "
                    "train it again, or use the version of tithi that made it"
                )
            spm, rows, scales = arrays["spm"].tobytes(), arrays["rows"], arrays["scales"]
        sound = (
            rows.dtype == np.int8 and rows.ndim == 2 and scales.dtype == np.float32 and scales.shape == rows.shape[:1]
        )
        if not sound or _digest(spm, rows, scales, header) != header["sha256"]:
            raise ValueError("its SHA-256 is not the one in its header")
    except FileNotFoundError as error:
        rule = f"{path}: the model file must exist"
        raise DataError(f"{rule}; got none; check the path, or use the name {SHIPPED!r}") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, zipfile.BadZipFile) as error:
        rule = f"{path}: a model must be an undamaged file written by tithi train-encoder"
        raise DataError(f"{rule}; got {str(error).splitlines()[0]}; fetch or train it again") from error
    from sentencepiece import SentencePieceProcessor

    table = np.multiply(rows, scales[:, None], dtype=np.float32)
    model = PieceEncoder(SentencePieceProcessor(model_proto=spm), table, header)
    _LOGGER.info("%s: encoder %s loaded in %.2f s", path, model.name, time.monotonic() - began)
    return model


def save_model(target: Path | BinaryIO, spm: bytes, table: FloatArray, *, name: str, recipe: dict[str, Any]) -> None:
    """Write a model: `table` (pieces, d) float32 is stored as int8 rows with float32 scales.

    `recipe` is kept in the header for people: sources, settings, figures.
    """
    rows, scales = quantise(table)
    header: dict[str, Any] = {"kind": _KIND, "format": FORMAT, "rules": RULES_VERSION, "name": name}
    header |= {"sha256": _digest(spm, rows, scales, header), "recipe": recipe}
    text = json.dumps(header, ensure_ascii=False).encode()
    np.savez(
        target,
        header=np.frombuffer(text, np.uint8),
        spm=np.frombuffer(spm, np.uint8),
        rows=rows,
        scales=scales,
    )
