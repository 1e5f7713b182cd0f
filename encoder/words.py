"""Which words of a sentence translate which words of its translation.

Words are compared by the same vectors that sentences are sums of; a place near the diagonal and linked neighbours speak
for a link. A word that is like nothing stays unlinked, or has the links of the word that it leans on (see
`tithi.encoder.particles`). The constants were chosen on 25 hand-linked sentence pairs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tithi.encoder.particles import lean, silence
from tithi.encoder.protocol import Encoder, FloatArray
from tithi.errors import DataError

__all__ = ["WordLink", "alignment_error_rate", "parse_links", "pharaoh", "word_links"]

_DISTANCE = 0.3
_TEMPERATURE = 0.05
_NULL = 0.2
_SUPPORT = 0.2
_ROUNDS = 2
_ENOUGH = 0.15
_BATCH = 256
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class WordLink:
    """Word `hi` of the Hindi and word `en` of the English sentence translate each other; `score` lies in [0, 1]."""

    hi: int
    en: int
    score: float


def word_links(hi: Sequence[Sequence[str]], en: Sequence[Sequence[str]], encoder: Encoder) -> list[list[WordLink]]:
    """Return the links of each sentence pair, in order of the Hindi words.

    `hi` and `en` hold the words of each sentence. The measure is symmetric: exchanging the sides exchanges the links.
    Time and memory grow with the product of the lengths, so sentences of more than 1,000 words get no links.

    Example: `word_links([["पानी", "लाओ"]], [["bring", "water"]], load())` links 0-1 and 1-0.
    """
    if len(hi) != len(en):
        raise DataError(f"word links: both sides need as many sentences; got {len(hi)} and {len(en)}; check the files")
    links: list[list[WordLink]] = []
    for first in range(0, len(hi), _BATCH):
        sides = (hi[first : first + _BATCH], en[first : first + _BATCH])
        flat = [[word for words in side for word in words] for side in sides]
        vectors = encoder.encode(flat[0], "hi"), encoder.encode(flat[1], "en")
        bounds = [np.cumsum([0, *map(len, side)]) for side in sides]
        for index in range(len(sides[0])):
            left, right = (rows[bound[index] : bound[index + 1]] for rows, bound in zip(vectors, bounds, strict=True))
            scores = _scores(left, right)
            ours, theirs = sides[0][index], sides[1][index]
            silence(scores, ours, theirs)
            scores = lean(lean(scores, ours, theirs).T, theirs, ours).T
            links.append([WordLink(int(i), int(j), float(scores[i, j])) for i, j in np.argwhere(scores)])
    return links


def _scores(hi: FloatArray, en: FloatArray) -> FloatArray:
    """Return (m, n) scores of the links between the words with unit rows `hi` (m, d) and `en` (n, d), 0 for none."""
    if not 0 < len(hi) <= _LONGEST or not 0 < len(en) <= _LONGEST:
        return np.zeros((len(hi), len(en)), np.float32)
    likeness = hi @ en.T - _DISTANCE * _off_diagonal(len(hi), len(en))
    scores = _shares(likeness)
    for _ in range(_ROUNDS):
        scores = _shares(likeness + _SUPPORT * _neighbours(scores))
    chosen = (scores > _ENOUGH) & np.outer(hi.any(axis=1), en.any(axis=1))
    return np.where(chosen, scores, np.float32(0))


def _shares(likeness: FloatArray) -> FloatArray:
    """Return the geometric mean of each word's share in the other side, both ways, an unlinked word being an option."""
    weight = np.exp((likeness - likeness.max()) / _TEMPERATURE)
    null = np.exp((_NULL - likeness.max()) / _TEMPERATURE)
    shares: FloatArray = weight / np.sqrt(
        (weight.sum(axis=1, keepdims=True) + null) * (weight.sum(axis=0, keepdims=True) + null)
    )
    return shares


def _off_diagonal(rows: int, columns: int) -> FloatArray:
    """Return how far each cell's relative places lie apart, (rows, columns), 0 to 1."""
    left, right = (((np.arange(count) + 0.5) / count).astype(np.float32) for count in (rows, columns))
    distance: FloatArray = np.abs(left[:, None] - right[None])
    return distance


def _neighbours(scores: FloatArray) -> FloatArray:
    """Return what the eight cells around each add up to."""
    padded = np.pad(scores, 1)
    rows, columns = scores.shape
    places = [(down, right) for down in range(3) for right in range(3) if (down, right) != (1, 1)]
    around: FloatArray = np.sum([padded[down : down + rows, right : right + columns] for down, right in places], axis=0)
    return around


def pharaoh(links: Sequence[WordLink]) -> str:
    """Return links as one Pharaoh line, Hindi first: `0-1 1-0`."""
    return " ".join(f"{link.hi}-{link.en}" for link in links)


def parse_links(line: str, where: str) -> set[tuple[int, int]]:
    """Return the links of a Pharaoh line; those with -1, which mark a word without a counterpart, are left out.

    Raises:
        DataError: An entry is not two numbers with a hyphen between; `where` names the line in the message.
    """
    links = set()
    for entry in line.split():
        left, _, right = entry.rpartition("-") if "--" not in entry else entry.partition("-")
        try:
            pair = int(left), int(right)
        except ValueError as error:
            raise DataError(f"{where}: links must look like 0-0 1-2; got {entry!r}; correct it") from error
        if min(pair) >= 0:
            links.add(pair)
    return links


def alignment_error_rate(found: Sequence[set[tuple[int, int]]], gold: Sequence[set[tuple[int, int]]]) -> float:
    """Return AER in [0, 1], 0 being perfect, with every gold link sure.

    Source: Och and Ney 2003, section 6 (https://aclanthology.org/J03-1002/).
    """
    right = sum(len(one & other) for one, other in zip(found, gold, strict=True))
    size = sum(map(len, found)) + sum(map(len, gold))
    return 1 - 2 * right / size if size else 0.0
