"""What the score of a bead is made of: how alike its sides are, what else speaks for it, and what it won against."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np

from tithi.aligner.features import BEAD_FEATURES, bead_features
from tithi.aligner.found import Found
from tithi.aligner.larger import Units
from tithi.aligner.lattice import Lattice
from tithi.aligner.ties import Ties
from tithi.encoder.protocol import FloatArray
from tithi.records import Range

__all__ = ["Explainer", "Explanation", "Rival"]

#: Rivals less probable than this are not told.
_LEAST = 0.005
_MOST = 3


@dataclass(frozen=True, slots=True)
class Rival:
    """Another bead of some of the same sentences, and its probability."""

    hi: Range
    en: Range
    score: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The evidence for a bead. Of a null only the rivals are known; None is what was not measured.

    `similarity`: cosine of the two sides. `background`: their mean cosine with the rest of the other side.
    `above_next`: how far the similarity exceeds that of the members' second-best counterparts. `gain`: what the
    sentence that adds least to a merged bead adds to the similarity. `length`: log of the length ratio, 0 where as
    long as usual. `numbers_shared`, `numbers_contradicting`: by rarity, a number of one sentence alone counting nearly
    1. `dates`: whether the dates of the two segments agree. `rivals`: the likeliest beads it won against.
    """

    similarity: float | None = None
    background: float | None = None
    above_next: float | None = None
    gain: float | None = None
    length: float | None = None
    numbers_shared: float | None = None
    numbers_contradicting: float | None = None
    dates: Literal["agree", "contradict"] | None = None
    rivals: tuple[Rival, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return plain data, numbers rounded to four digits."""
        told = asdict(self)
        return {key: round(value, 4) if isinstance(value, float) else value for key, value in told.items()}


class Explainer:
    """A witness of the search that appends an explanation of every bead to a list."""

    def __init__(self, told: list[Explanation], ties: Ties, english: Sequence[int]) -> None:
        """Append to `told`; `english` gives the own number of each English sentence in the order of the search."""
        self._told, self._ties, self._english = told, ties, english

    def __call__(self, lattice: Lattice, probability: FloatArray, found: list[Found], units: Units | None) -> None:
        """Explain the beads that were found."""
        if units is None:
            units = Units(np.arange(len(lattice.hi)), np.arange(len(lattice.en)))
        by_hi, by_en = _possible(lattice, probability)
        places, features = bead_features(lattice)
        columns = {tuple(place[:4]): column for column, place in enumerate(places.tolist())}
        for bead in found:
            near = {b for k in range(*bead.hi) for b in by_hi.get(k, ())}
            near |= {b for k in range(*bead.en) for b in by_en.get(k, ())}
            rivals = sorted(
                (b for b in near if (b.hi, b.en) != (bead.hi, bead.en)), key=lambda b: (-b.score, b.hi, b.en)
            )
            own = tuple(self._own(rival, units) for rival in rivals[:_MOST])
            shape = bead.hi[1] - bead.hi[0], bead.en[1] - bead.en[0]
            column = columns.get((bead.hi[1], bead.en[1], *shape))
            if column is None:  # a null
                self._told.append(Explanation(rivals=own))
                continue
            value = dict(zip(BEAD_FEATURES, features[column].tolist(), strict=True))
            self._told.append(self._one(bead, own, units, value))

    def _own(self, rival: Rival, units: Units) -> Rival:
        """Return the rival with the sentences' own numbers."""
        first, last = units.range_en(rival.en)
        ends = self._english[first], self._english[last - 1]
        return Rival(units.range_hi(rival.hi), (min(ends), max(ends) + 1), round(rival.score, 4))

    def _one(self, bead: Found, rivals: tuple[Rival, ...], units: Units, value: Mapping[str, float]) -> Explanation:
        first_hi, first_en = units.hi[bead.hi[0]], units.en[bead.en[0]]
        agreement = self._ties.agreement[self._ties.hi[first_hi], self._ties.en[first_en]]
        return Explanation(
            similarity=value["cosine"],
            background=value["ground"],
            above_next=value["next"],
            gain=value["gain"] if not value["one-one"] else None,
            length=value["skew"],
            numbers_shared=value["shared numbers"],
            numbers_contradicting=value["contradicting numbers"],
            dates="agree" if agreement > 0 else "contradict" if agreement < 0 else None,
            rivals=rivals,
        )


def _possible(lattice: Lattice, probability: FloatArray) -> tuple[dict[int, list[Rival]], dict[int, list[Rival]]]:
    """Return the beads that are possible at all, by each of their Hindi and of their English sentences."""
    low, offset = lattice.corridor.low, lattice.corridor.offset
    nodes, p, q = np.nonzero(probability > _LEAST)
    i = np.searchsorted(offset, nodes, side="right") - 1
    j = nodes - offset[i] + low[i]
    by_hi: dict[int, list[Rival]] = {}
    by_en: dict[int, list[Rival]] = {}
    for node, a, b, c, d in zip(*(x.tolist() for x in (nodes, i, j, p, q)), strict=True):
        rival = Rival((a - c - 1, a), (b - d - 1, b), float(probability[node, c, d]))
        for k in range(*rival.hi):
            by_hi.setdefault(k, []).append(rival)
        for k in range(*rival.en):
            by_en.setdefault(k, []).append(rival)
    return by_hi, by_en
