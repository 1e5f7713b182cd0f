"""Beads of more than four sentences: verses, lists, subtitles across from one sentence, and what must not be one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.aligner.test_ends import BODY
from tithi.aligner.alignment import align, explain
from tithi.aligner.found import Found
from tithi.aligner.larger import Units, find_units
from tithi.aligner.lattice import Side
from tithi.aligner.nodes import NONE
from tithi.aligner.ties import Ties, untied

LARGER = {
    "verse": (
        ["चाँद निकला,", "तारे चमके,", "हवा चली,", "पत्ते हिले,", "रात की रानी महकी,", "और नींद आ गई।"],
        [
            "The moon rose, the stars shone, the wind blew, the leaves stirred, the night jasmine spread its scent, "
            "and sleep came."
        ],
    ),
    "list": (
        ["बाज़ार में आज", "सेब साठ रुपये,", "केला चालीस रुपये,", "प्याज पच्चीस रुपये", "और टमाटर तीस रुपये किलो बिका।"],
        [
            "In the market today apples sold for sixty rupees, bananas for forty, onions for twenty-five and tomatoes "
            "for thirty rupees a kilo."
        ],
    ),
    "hymn": (
        [
            "हे वीर, उठो और इस अँधेरे में दीपक जलाओ, क्योंकि भोर दूर नहीं है, तुम्हारी माँ द्वार पर खड़ी है, और सारा गाँव तुम्हारी राह "
            "देख रहा है।"
        ],
        [
            "O hero, arise",
            "and light a lamp in this darkness,",
            "for the dawn is not far,",
            "your mother is standing at the door,",
            "and the whole village",
            "is waiting for you.",
        ],
    ),
    "subtitles": (
        [
            "दोस्तो,",
            "मैं जानता हूँ",
            "कि आप सब थके हुए हैं,",
            "पर हमें आज रात ही",
            "नदी पार करनी होगी,",
            "वरना सुबह तक",
            "दुश्मन यहाँ पहुँच जाएगा।",
        ],
        [
            "Friends, I know that you are all tired, but we have to cross the river tonight, or the enemy will be "
            "here by morning."
        ],
    ),
}
#: Lines of other matter where a larger group would stand: in Hindi, in English.
FOREIGN = [
    (
        ["मौसम", "राशिफल", "खेल", "बाज़ार भाव", "मनोरंजन", "वीडियो"],
        ["Subscribe to our newsletter for the best stories of the week."],
    ),
    (["आज का सोना महँगा हुआ।"], ["Weather", "Sports", "Markets", "Movies", "Horoscope", "Videos"]),
]


def texts(hi: list[str], en: list[str], before: int) -> tuple[str, str]:
    """Return both articles with the lines behind so many sentences of the body."""
    sides = []
    for lines, side in ((hi, 0), (en, 1)):
        body = [pair[side] for pair in BODY]
        sides.append("\n".join([*body[:before], *lines, *body[before:]]))
    return sides[0], sides[1]


@pytest.mark.parametrize("before", [0, 3, 5])
@pytest.mark.parametrize("kind", LARGER)
def test_a_larger_group_is_one_bead_wherever_it_stands(kind: str, before: int) -> None:
    hi, en = LARGER[kind]
    alignment, why = explain(*texts(hi, en, before), lines=True)
    wanted = [((k, k + 1), (k, k + 1)) for k in range(before)]
    wanted.append(((before, before + len(hi)), (before, before + len(en))))
    wanted += [((k + len(hi), k + len(hi) + 1), (k + len(en), k + len(en) + 1)) for k in range(before, len(BODY))]
    assert [(bead.hi, bead.en) for bead in alignment.beads] == wanted
    assert alignment.beads[before].score > 0.7
    assert len(why) == len(alignment.beads)
    of_larger = why[before].similarity
    assert of_larger is not None
    assert of_larger > 0.5


@pytest.mark.parametrize("before", [0, 3, 6])
@pytest.mark.parametrize(("hi", "en"), FOREIGN)
def test_lines_of_other_matter_make_no_larger_group(hi: list[str], en: list[str], before: int) -> None:
    alignment = align(*texts(hi, en, before), lines=True)
    assert [bead.kind for bead in alignment.pairs()] == ["1-1"] * len(BODY)


def test_a_larger_group_never_holds_a_blank_line() -> None:
    hi, en = LARGER["subtitles"]
    alignment = align(*texts([*hi[:4], "", *hi[4:]], en, 3), lines=True)
    blank = next(k for k, sentence in enumerate(alignment.hi.sentences) if not sentence.text.strip())
    assert all(bead.is_null for bead in alignment.beads if bead.hi[0] <= blank < bead.hi[1])


def side(sums: NDArray[np.float32], lengths: list[int]) -> Side:
    count = len(lengths)
    return Side(
        sums,
        np.array(lengths, np.float32),
        np.full((count, 1), -1),
        np.zeros((count, 1), np.float32),
        np.zeros(count, np.float32),
    )


CORE = [Found((0, 4), (0, 1), 0.6), Found((4, 5), (1, 1), 0.6), Found((5, 6), (1, 1), 0.6)]
ALONE = [Found((0, 0), (0, 1), 0.9), *(Found((k, k + 1), (1, 1), 0.9) for k in range(6))]


@pytest.mark.parametrize(
    ("lengths", "other", "wall", "found", "starts"),
    [
        ([20] * 6, [120], None, CORE, [0, 2, 4, 6]),
        ([20] * 5, [100], None, CORE[:2], [0, 2, 4, 5]),
        ([20] * 6, [20], None, CORE, None),  # far too long together
        ([20] * 6, [600], None, CORE, None),  # far too short
        ([20] * 6, [120], 5, CORE, [0, 2, 4, 5, 6]),  # a border stands before the sixth
        ([20] * 6, [120], 2, CORE, None),  # inside the group that was found: nothing reaches across
        ([20] * 4, [80], None, CORE[:1], None),
        (
            [20] * 6,
            [120],
            None,
            [Found((0, 0), (0, 1), 0.9), *(Found((k, k + 1), (1, 1), 0.9) for k in range(6))],
            [0, 2, 4, 6],
        ),
    ],
)
def test_where_units_are_made(
    lengths: list[int], other: list[int], wall: int | None, found: list[Found], starts: list[int] | None
) -> None:
    ties: Ties | None = None
    if wall is not None:
        ties = untied(len(lengths), len(other))
        ties.wall_hi[wall] = NONE
    each, whole = np.eye(len(lengths), dtype=np.float32), np.ones((1, len(lengths)), np.float32)
    units = find_units(side(each, lengths), side(whole, other), found, ties)
    assert (None if units is None else units.hi.tolist()) == starts


def test_a_unit_of_several_is_never_left_alone() -> None:
    units = Units(np.array([0, 2, 4, 6]), np.array([0, 1]))
    assert units.sentences([Found((0, 3), (0, 1), 0.9)]) == [Found((0, 6), (0, 1), 0.9)]
    assert units.that_hold([Found((0, 3), (0, 1), 0.9)]) is units
    held = units.that_hold([Found((0, 2), (0, 1), 0.9), Found((2, 3), (1, 1), 0.9)])
    assert held is not None
    assert (held.hi.tolist(), held.en.tolist()) == ([0, 2, 4, 5, 6], [0, 1])
    assert units.that_hold([Found((0, 0), (0, 1), 0.9), *(Found((k, k + 1), (1, 1), 0.9) for k in range(3))]) is None


@given(st.lists(st.sampled_from(sorted(LARGER)), max_size=3), st.integers(0, 6), st.integers(0, 4))
@settings(max_examples=15, deadline=None)
def test_every_sentence_is_in_one_bead(kinds: list[str], before: int, dropped: int) -> None:
    hi = [line for kind in kinds for line in LARGER[kind][0]]
    en = [line for kind in kinds for line in LARGER[kind][1]][dropped:]
    both = texts(hi, en, before)
    alignment = align(*both, lines=True)
    for text, ranges in zip(both, ([b.hi for b in alignment.beads], [b.en for b in alignment.beads]), strict=True):
        held = sorted(k for first, last in ranges for k in range(first, last))
        assert held == list(range(len(text.split("\n"))))
