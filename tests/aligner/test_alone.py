"""Why sentences are left alone: from made probabilities, and in articles."""

import numpy as np
import pytest
from numpy.typing import NDArray

from tithi.aligner import align
from tithi.aligner.alone import BEYOND, COMPETE, FREELY, with_reasons
from tithi.aligner.corridor import whole
from tithi.aligner.found import Found
from tithi.aligner.nodes import Corridor
from tithi.corpus.rows import rows

Bead = tuple[int, int, int, int]  # Hindi from, to, English from, to


def pair(a: int, b: int, c: int, d: int) -> Found:
    return Found((a, b), (c, d), 0.9)


def hi(k: int, score: float) -> Found:
    return Found((k, k + 1), (0, 0), score)


def en(k: int, score: float) -> Found:
    return Found((0, 0), (k, k + 1), score)


def reasons(beads: NDArray[np.float32], found: list[Found], corridor: Corridor) -> list[Found]:
    places = np.array([(*bead.hi, *bead.en) for bead in found], np.int64)
    return with_reasons(corridor, beads, places, np.array([bead.score for bead in found]))


Told = tuple[str | None, tuple[tuple[int, int], float] | None]
"""The reason, and the rival's sentences with its probability."""


@pytest.mark.parametrize(
    ("found", "probable", "told"),
    [
        ([hi(0, 0.99), en(0, 0.99)], {}, [(None, None), (None, None)]),
        # Less sure than that, but nothing else is possible.
        ([hi(0, 0.7), en(0, 0.7)], {}, [(None, None), (None, None)]),
        # Two beads compete for a Hindi sentence; the likelier is named.
        (
            [pair(0, 1, 0, 1), hi(1, 0.3), pair(2, 3, 1, 2)],
            {(0, 2, 0, 1): 0.4, (1, 3, 1, 2): 0.3},
            [None, (COMPETE, ((0, 1), 0.4)), None],
        ),
        # One alone that nearly has it is no competition, and nothing stands across from it.
        ([pair(0, 1, 0, 1), hi(1, 0.45)], {(0, 2, 0, 1): 0.55}, [None, (None, ((0, 1), 0.55))]),
        # The same sentences across from one another may be told freely, whichever comes first.
        ([hi(0, 0.6), en(0, 0.6)], {(0, 1, 0, 1): 0.4}, [(FREELY, ((0, 1), 0.4)), (FREELY, ((0, 1), 0.4))]),
        (
            [pair(0, 1, 0, 1), en(1, 0.6), en(2, 0.95), hi(1, 0.6)],
            {(1, 2, 1, 2): 0.4},
            [None, (FREELY, ((1, 2), 0.4)), (None, None), (FREELY, ((1, 2), 0.4))],
        ),
        # A pair between them parts what would face.
        ([hi(0, 0.6), pair(1, 2, 0, 1), en(1, 0.9)], {(0, 2, 0, 1): 0.3}, [(None, ((0, 1), 0.3)), None, (None, None)]),
        # A bead of four Hindi sentences takes no fifth; of a fifth English one it says nothing.
        ([pair(0, 4, 0, 1), hi(4, 0.99)], {}, [None, (BEYOND, None)]),
        ([hi(0, 0.9), pair(1, 5, 0, 1)], {}, [(BEYOND, None), None]),
        ([pair(0, 4, 0, 1), en(1, 0.99)], {}, [None, (None, None)]),
    ],
)
def test_the_reason_and_the_likeliest_rival(
    found: list[Found], probable: dict[Bead, float], told: list[Told | None]
) -> None:
    n, m = max(bead.hi[1] for bead in found), max(bead.en[1] for bead in found)
    corridor = whole(n, m)
    beads = np.zeros((int(corridor.offset[-1]), 4, 4), np.float32)
    for (a, b, c, d), value in probable.items():
        beads[corridor.offset[b] + d - corridor.low[b], b - a - 1, d - c - 1] = value
    got = reasons(beads, found, corridor)
    assert [(bead.hi, bead.en, bead.score) for bead in got] == [(bead.hi, bead.en, bead.score) for bead in found]
    for bead, wanted in zip(got, told, strict=True):
        reason, rival = wanted or (None, None)
        assert bead.reason == reason
        assert (bead.rival is None) == (rival is None)
        if bead.rival is not None and rival is not None:
            assert bead.rival[0] == rival[0]
            assert bead.rival[1] == pytest.approx(rival[1])


def test_a_pair_that_is_taken_apart_names_its_other_half() -> None:
    alignment = align("वर्षा हुई।\nनदी भर गई।", "It rained.\nThe river rose.", lines=True)
    apart = alignment.above(1.1)
    assert [row["rival"] for row in rows(apart)["unaligned"]] == [
        "It rained.",
        "वर्षा हुई।",
        "The river rose.",
        "नदी भर गई।",
    ]
    score = next(alignment.pairs()).score
    first = rows(apart)["unaligned"][0]
    assert (first["reason"], first["rival_span"]) == ("score below 1.1", (0, 10))
    assert first["rival_score"] == pytest.approx(score)


def test_among_strangers_nothing_is_said_to_be_told_freely() -> None:
    corridor = whole(12, 12)
    beads = np.zeros((int(corridor.offset[-1]), 4, 4), np.float32)
    beads[corridor.offset[1] + 1, 0, 0] = 0.4
    doubt, alone = [hi(0, 0.6), en(0, 0.6)], [found for k in range(1, 12) for found in (hi(k, 0.99), en(k, 0.99))]
    row = [pair(k, k + 1, k, k + 1) for k in range(1, 12)]
    told = {name: reasons(beads, [*doubt, *rest], corridor)[0] for name, rest in (("row", row), ("alone", alone))}
    assert [told["row"].reason, told["alone"].reason] == [FREELY, None]
    assert told["row"].rival == told["alone"].rival
