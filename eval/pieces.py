"""The pieces that spBLEU counts: those of a SentencePiece model on this machine, nothing is fetched.

sacrebleu's own `flores200` and `spm` tokenisers download a model; here it is the model inside the shipped encoder, or
one that `tithi train-vocab` made. Scores compare only where signatures are equal: they name the model by its digest.

The shipped encoder's model folds case, nuktas, digits and more before it cuts (see `tithi.encoder.normalise`), so its
spBLEU forgives what BLEU does not; a model of `tithi train-vocab` keeps them apart.

Source: Goyal et al. 2022, arXiv:2106.03193, for BLEU over SentencePiece pieces.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tithi.errors import DataError

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor

__all__ = ["Pieces", "read_pieces", "shipped_pieces"]


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """A SentencePiece model: its digest, the first 12 characters of its SHA-256, and whether it folds case."""

    processor: "SentencePieceProcessor"
    digest: str
    folds_case: bool

    def cut(self, lines: Sequence[str]) -> list[str]:
        """Return each line as its pieces between blanks: `बाढ़ आई ।` may become `▁बाढ़ ▁आई ▁।`."""
        clean = [line.replace("\0", " ").encode("utf-8", "replace").decode("utf-8") for line in lines]
        cut: list[list[str]] = self.processor.encode(clean, out_type=str, num_threads=1)
        return [" ".join(pieces) for pieces in cut]

    def sign(self, signature: str) -> str:
        """Return sacrebleu's signature of a score over these pieces, with their tokeniser in it."""
        told = signature.replace("|tok:none|", f"|tok:spm-{self.digest}|")
        return told.replace("|case:mixed|", "|case:folded|") if self.folds_case else told


@cache
def shipped_pieces() -> Pieces:
    """Return the pieces of the encoder that comes with the package."""
    from tithi.encoder.model import read_model, shipped_model

    return _pieces(read_model(shipped_model()).processor)


def read_pieces(path: Path) -> Pieces:
    """Return the pieces of a SentencePiece model file.

    Raises:
        DataError: there is none, or it is no such model.
    """
    from sentencepiece import SentencePieceProcessor

    try:
        return _pieces(SentencePieceProcessor(model_proto=path.read_bytes()))
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "something else"
        raise DataError(
            f"{path}: must be a SentencePiece model; got {reason}; make one with tithi train-vocab"
        ) from error


def _pieces(processor: "SentencePieceProcessor") -> Pieces:
    digest = hashlib.sha256(processor.serialized_model_proto()).hexdigest()[:12]
    return Pieces(processor, digest, processor.encode("River") == processor.encode("river"))
