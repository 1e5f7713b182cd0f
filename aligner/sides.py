"""What the aligner knows of each sentence before it compares any two: its vector, its length, its numbers."""

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from tithi.aligner.groups import SentenceVectors
from tithi.aligner.lattice import Side
from tithi.encoder.protocol import Encoder, FloatArray, SumEncoder
from tithi.errors import DataError

__all__ = ["make_sides"]

_NUMBER = re.compile(r"\d(?:[\d,.]{0,30}\d)?")
_WITHOUT_COMMAS = str.maketrans("", "", ",")
#: A sentence that ends in none of these marks goes on; what may stand behind them: quotes, brackets, a verse's number.
_ENDED = re.compile(r"(?:[।॥|?!…]|\.(?!\d))[\s.।॥|?!…\"'”’“‘()\[\]{}»*_`\d\u200b-\u200d\ufeff]*$")
#: So many characters of an end are looked at.
_END = 24
#: So many numbers of a sentence are compared, the rarest of the document first.
_MOST = 8


def make_sides(hi: Sequence[str], en: Sequence[str], encoder: Encoder) -> tuple[Side, Side, SentenceVectors | None]:
    """Return what is known of the sentences of both sides, and what reads groups where vectors do not add up.

    Raises:
        DataError: The encoder gave a vector that is not finite.
    """
    numbers = [[_numbers(text) for text in texts] for texts in (hi, en)]
    counts = [Counter(value for found in side for value in set(found)) for side in numbers]
    identities = {value: k for k, value in enumerate({**counts[0], **counts[1]})}
    # A number that half of the sentences hold tells little; one that stands in a single sentence tells most.
    total = math.log(2 + len(hi) + len(en))
    rarity = {value: 1 - math.log(counts[0][value] + counts[1][value]) / total for value in identities}
    if isinstance(encoder, SumEncoder):
        vectors, sums_hi, sums_en = None, encoder.sums(hi, "hi"), encoder.sums(en, "en")
    else:
        vectors = SentenceVectors(encoder, hi, en)
        sums_hi, sums_en = vectors.sums["hi"], vectors.sums["en"]
    _check_finite(sums_hi, encoder.name, "Hindi")
    _check_finite(sums_en, encoder.name, "English")
    return (
        _side(hi, sums_hi, numbers[0], identities, rarity),
        _side(en, sums_en, numbers[1], identities, rarity),
        vectors,
    )


def _numbers(text: str) -> list[str]:
    """Return the numbers written in digits, of either script, as plain ASCII: `1,00,000` and `१०००००` are the same."""
    found = _NUMBER.findall(text)
    return [normal for raw in found if (normal := _plain(raw))]


def _plain(raw: str) -> str:
    digits = "".join(c if c == "." else str(int(c)) for c in raw.translate(_WITHOUT_COMMAS))
    return digits.lstrip("0") or "0"


def _side(
    texts: Sequence[str],
    sums: FloatArray,
    numbers: Sequence[Sequence[str]],
    identities: dict[str, int],
    rarity: dict[str, float],
) -> Side:
    ids = np.full((len(texts), _MOST), -1, np.int64)
    weights = np.zeros((len(texts), _MOST), np.float32)
    for row, found in enumerate(numbers):
        for column, value in enumerate(sorted(set(found), key=lambda v: (-rarity[v], v))[:_MOST]):
            ids[row, column] = identities[value]
            weights[row, column] = rarity[value]
    lengths = np.array([len(text) for text in texts], np.float32)
    is_open = np.array([bool(text.strip()) and _ENDED.search(text[-_END:]) is None for text in texts], np.float32)
    return Side(sums, lengths, ids, weights, is_open)


def _check_finite(vectors: FloatArray, encoder: str, side: str) -> None:
    """Raise a DataError when a vector of the encoder is not a finite number."""
    bad = np.flatnonzero(~np.isfinite(vectors).all(axis=1))
    if len(bad):
        rule = f"encoder {encoder}: vectors must be finite numbers"
        raise DataError(f"{rule}; got nan or infinity for {side} sentence {bad[0] + 1}; use another encoder")
