"""What the aligner knows of each sentence before it compares any two: its vector, its length, its numbers."""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, chain

import numpy as np

from tithi.aligner.groups import SentenceVectors
from tithi.aligner.lattice import Side
from tithi.aligner.words import Words, words_of
from tithi.encoder.ahead import Ahead
from tithi.encoder.model import PieceEncoder
from tithi.encoder.protocol import Encoder, FloatArray, adds_up
from tithi.encoder.sums import sum_rows
from tithi.errors import DataError
from tithi.records import Lang
from tithi.script import stop_signs

__all__ = ["make_sides"]

#: Where a number may begin is told by a class without a category, and without the letters of both scripts: a look at
#: each character of a text costs less then.
_NUMBER = re.compile(r"[0-9\u0660-\u08ff\u0966-\u096f\u0980-\U0010ffff](?<=\d)(?:[\d,.]{0,30}\d)?")
_PLAIN = str.maketrans("०१२३४५६७८९", "0123456789", ",")
#: A sentence that ends in none of these marks goes on; what may stand behind them: quotes, brackets, a verse's number.
_ENDED = re.compile(r"(?:[।॥|?!…]|\.(?!\d))[\s.।॥|?!…\"'”’“‘()\[\]{}»*_`\d\u200b-\u200d\ufeff]*$")
#: What ends a sentence as its last character, and an empty text.
_SURE = frozenset("।॥|?!….") | {""}
_HI: Lang = "hi"
_EN: Lang = "en"
#: So many characters of an end are looked at.
_END = 24
#: So many numbers of a sentence are compared, the rarest of the document first.
_MOST = 8


def make_sides(hi: Sequence[str], en: Sequence[str], encoder: Encoder) -> tuple[Side, Side, SentenceVectors | None]:
    """Return what is known of the sentences of both sides, and what reads groups where vectors do not add up.

    Raises:
        DataError: The encoder gave a vector that is not finite.
    """
    numbers = [_numbers(texts) for texts in (hi, en)]
    counts = [Counter(chain.from_iterable(map(set, side))) for side in numbers]
    # A number that half of the sentences hold tells little; one that stands in a single sentence tells most.
    total = math.log(2 + len(hi) + len(en))
    known = {
        value: (k, 1 - math.log(counts[0][value] + counts[1][value]) / total)
        for k, value in enumerate({**counts[0], **counts[1]})
    }
    words: list[Words | None] = [None, None]
    if isinstance(encoder, PieceEncoder):
        bags = [encoder.pieces(texts) for texts in (hi, en)]
        sums_hi, sums_en = (sum_rows(encoder.table, of) for of in bags)
        vectors, words = None, [words_of(of, encoder) for of in bags]
    elif isinstance(encoder, Ahead) and encoder.model is not None:
        vectors, (sums_hi, bags_hi), (sums_en, bags_en) = None, *map(encoder.sums_and_pieces, (hi, en), (_HI, _EN))
        words = [words_of(of, encoder.model) for of in (bags_hi, bags_en)]
    elif adds_up(encoder):
        vectors, sums_hi, sums_en = None, encoder.sums(hi, "hi"), encoder.sums(en, "en")
    else:
        vectors = SentenceVectors(encoder, hi, en)
        sums_hi, sums_en = vectors.sums["hi"], vectors.sums["en"]
    _check_finite(sums_hi, encoder.name, "Hindi")
    _check_finite(sums_en, encoder.name, "English")
    return (
        _side(hi, sums_hi, numbers[0], known, words[0]),
        _side(en, sums_en, numbers[1], known, words[1]),
        vectors,
    )


def _numbers(texts: Sequence[str]) -> list[list[str]]:
    """Return the numbers in digits of each text, as plain ASCII: `1,00,000` and `१०००००` are the same."""
    found: list[list[str]] = [[] for _ in texts]
    stops = list(accumulate(map((1).__add__, map(len, texts))))
    joined = stop_signs("\n".join(texts))  # one look at all of them; no number goes over a line's end
    for match in _NUMBER.finditer(joined):
        found[bisect_right(stops, match.start())].append(_plain(match[0]))
    return found


def _plain(raw: str) -> str:
    digits = raw if raw.isdecimal() and raw.isascii() else raw.translate(_PLAIN)
    if not digits.isascii():
        digits = "".join(c if c == "." else str(int(c)) for c in digits)
    return digits.lstrip("0") or "0"


def _side(
    texts: Sequence[str],
    sums: FloatArray,
    numbers: Sequence[Sequence[str]],
    known: dict[str, tuple[int, float]],
    words: Words | None,
) -> Side:
    """Return one side; `known` is of each number which it is and how rare, 0 to 1."""
    ids = np.full((len(texts), _MOST), -1, np.int64)
    weights = np.zeros((len(texts), _MOST), np.float32)
    for row, found in enumerate(numbers):
        if not found:
            continue
        kept = sorted({*found}, key=lambda value: (-known[value][1], value))[:_MOST]
        ids[row, : len(kept)] = [known[value][0] for value in kept]
        weights[row, : len(kept)] = [known[value][1] for value in kept]
    lengths = np.fromiter(map(len, texts), np.float32, len(texts))
    ends = np.array([text[-1:] not in _SURE and _is_open(text) for text in texts], np.float32)
    return Side(sums, lengths, ids, weights, ends, words)


def _is_open(text: str) -> bool:
    """Whether a text ends in no mark; most end in one of `_SURE`, which is not asked again."""
    return bool(text.strip()) and _ENDED.search(text[-_END:]) is None


def _check_finite(vectors: FloatArray, encoder: str, side: str) -> None:
    """Raise a DataError when a vector of the encoder is not a finite number."""
    finite = np.isfinite(vectors)
    if not finite.all():
        rule = f"encoder {encoder}: vectors must be finite numbers"
        bad = int(np.flatnonzero(~finite.all(axis=1))[0])
        raise DataError(f"{rule}; got nan or infinity for {side} sentence {bad + 1}; use another encoder")
