"""Passages told elsewhere: found where they stand, nothing lost, and nothing moves without need."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tithi.aligner import align
from tithi.aligner.found import Found
from tithi.aligner.judge import load_judge
from tithi.aligner.moves import read_elsewhere
from tithi.records import Alignment
from tithi.sample import SamplePair, pairs

PAIRS = (
    ("नदी का पानी रात में गाँव तक पहुँच गया।", "The river water reached the village during the night."),
    ("मंत्री ने नए अस्पताल का उद्घाटन किया।", "The minister opened the new hospital."),
    ("स्कूल के बच्चों ने सौ पेड़ लगाए।", "The schoolchildren planted a hundred trees."),
    ("क्रिकेट टीम ने फ़ाइनल मैच जीत लिया।", "The cricket team won the final match."),
    ("किसानों को इस साल गेहूँ का अच्छा दाम मिला।", "Farmers got a good price for wheat this year."),
    ("पुलिस ने दो चोरों को बाज़ार से पकड़ा।", "Police caught two thieves at the market."),
    ("रेलगाड़ी कोहरे के कारण पाँच घंटे देर से आई।", "The train was five hours late because of fog."),
    ("डॉक्टरों ने बुख़ार की नई दवा बनाई।", "Doctors made a new medicine for fever."),
    ("संग्रहालय में पुराने सिक्के दिखाए जा रहे हैं।", "Old coins are being shown in the museum."),
    ("हाथियों का झुंड जंगल से सड़क पर आ गया।", "A herd of elephants came from the forest onto the road."),
    ("फ़िल्म के संगीत को राष्ट्रीय पुरस्कार मिला।", "The music of the film won a national award."),
    ("बैंक ने ब्याज दर घटा दी।", "The bank cut its interest rate."),
)


def told(order: list[int], *, monotone: bool = False) -> Alignment:
    hi, en = [one for one, _ in PAIRS], [PAIRS[k][1] for k in order]
    return align("\n".join(hi), "\n".join(en), lines=True, monotone=monotone)


def elsewhere(first: int, last: int, place: int) -> list[int]:
    """Return the order in which the block `[first, last)` stands before what was sentence `place`."""
    rest = [k for k in range(len(PAIRS)) if not first <= k < last]
    at = sum(k < place for k in rest)
    return [*rest[:at], *range(first, last), *rest[at:]]


@pytest.mark.parametrize(("first", "last", "place"), [(1, 4, 9), (0, 3, 12), (8, 12, 2), (5, 7, 0), (4, 7, 11)])
def test_a_block_told_elsewhere_is_found_and_said_to_have_moved(first: int, last: int, place: int) -> None:
    order = elsewhere(first, last, place)
    alignment = told(order)
    right = {((k, k + 1), (at, at + 1)) for at, k in enumerate(order)}
    assert {(bead.hi, bead.en) for bead in alignment.beads} == right
    moved = {bead.hi[0] for bead in alignment.beads if bead.moved}
    assert moved == set(range(first, last))


@pytest.mark.parametrize("left_out", [(), (4,), (0, 11), (2, 3, 7)])
def test_a_document_told_backwards_is_found(left_out: tuple[int, ...]) -> None:
    order = [k for k in reversed(range(len(PAIRS))) if k not in left_out]
    alignment = told(order)
    assert {(bead.hi, bead.en) for bead in alignment.pairs()} == {
        ((k, k + 1), (at, at + 1)) for at, k in enumerate(order)
    }
    assert {bead.hi[0] for bead in alignment.beads if bead.en[0] == bead.en[1]} == set(left_out)
    assert sum(bead.moved for bead in alignment.beads) == len(order) - 1


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: pair.id)
def test_dates_do_not_hide_that_a_document_is_told_backwards(pair: SamplePair) -> None:
    """A line that opens with a date begins a segment, and told backwards what it opened stands before it."""
    beads = json.loads(pair.gold.read_text(encoding="utf-8"))["beads"]
    both = [(" ".join(bead["hi"]), " ".join(bead["en"])) for bead in beads if bead["hi"] and bead["en"]]
    alignment = align("\n".join(hi for hi, _ in both), "\n".join(en for _, en in reversed(both)), lines=True)
    count = len(both)
    right = {((k, k + 1), (count - k - 1, count - k)) for k in range(count)}
    assert {(bead.hi, bead.en) for bead in alignment.beads} == right


def test_backwards_two_sentences_of_one_side_are_still_one_bead() -> None:
    hi = [one for one, _ in PAIRS]
    hi[4:6] = [f"{hi[4]} {hi[5]}"]
    english = [en for _, en in reversed(PAIRS)]
    english[1:3] = [f"{english[2]} {english[1]}"]
    alignment = align("\n".join(hi), "\n".join(english), lines=True)
    right = {((8, 10), (1, 2)), ((4, 5), (5, 7))}
    assert right <= {(bead.hi, bead.en) for bead in alignment.beads}
    assert {bead.kind for bead in alignment.beads} == {"1-1", "2-1", "1-2"}


@given(st.permutations(range(len(PAIRS))))
@settings(max_examples=15, deadline=None)
def test_whatever_the_order_every_sentence_is_in_one_bead(order: list[int]) -> None:
    for monotone in (False, True):
        alignment = told(order, monotone=monotone)
        for side in (0, 1):
            ranges = [(bead.hi, bead.en)[side] for bead in alignment.beads]
            assert sorted(k for first, last in ranges for k in range(first, last)) == list(range(len(PAIRS)))
        starts = [bead.en[0] for bead in alignment.beads if not bead.is_null]
        if monotone:
            assert starts == sorted(starts)
            assert not any(bead.moved for bead in alignment.beads)
        assert any(bead.moved for bead in alignment.beads) == bool((np.diff(starts) < 0).any())


def test_a_price_is_never_a_reward_and_what_speaks_for_a_run_never_makes_it_dearer() -> None:
    moving = load_judge().moving
    usual = np.array([*np.log([8, 2, 9, 3]), 0.3])
    assert moving.of(usual[None])[0] < 0
    for column, (low, high), dearer in (
        (0, (0.0, 5.0), True),
        (1, (0.7, 4.0), False),
        (2, (0.0, 6.0), True),
        (3, (0.0, 4.0), False),
        (4, (-0.2, 0.9), False),
    ):
        one, other = usual.copy(), usual.copy()
        one[column], other[column] = low, high
        prices = moving.of(np.array([one, other], np.float32))
        assert (prices <= 0).all()
        assert prices[1] < prices[0] if dearer else prices[1] >= prices[0]
    assert moving.of(np.array([[*np.log([30, 2, 9, 1]), 0.0]], np.float32))[0] < -5


def test_what_stands_in_order_is_not_touched() -> None:
    order = list(range(len(PAIRS)))
    assert told(order) == told(order, monotone=True)


def test_what_speaks_for_a_run() -> None:
    # Hindi 4 and 5 are told first in English, 7 third; Hindi 5 and English 0 also look like what stands at 7 and 2.
    vectors = np.eye(9, dtype=np.float32)
    order = [4, 5, 7, 0, 1, 2, 3, 6, 8]
    hi, en = vectors.copy(), vectors[order]
    hi[5, 7] = 0.75
    held = [Found((k, k + 1), (order.index(k), order.index(k) + 1), 0.99) for k in (0, 1, 2, 3, 6, 8)]
    nulls = [Found((k, k + 1), (0, 0), 0.9) for k in (4, 5, 7)] + [Found((0, 0), (k, k + 1), 0.9) for k in range(3)]
    reading = read_elsewhere(hi, en, sorted([*held, *nulls], key=lambda bead: bead.hi))
    assert reading is not None
    assert reading.order.tolist() == [3, 4, 5, 6, 0, 1, 7, 2, 8]
    assert reading.runs == ((4, 6), (7, 8))
    # Of three by three sentences that are left over three pairs are right: one of one to choose.
    logs = np.exp(reading.evidence[:, :4])
    assert logs == pytest.approx(np.array([[1, 3, 6, 2], [1, 2, 6, 3]]))
    # Hindi 5 is .8 like its own and .6 like the other, whose best is 1: half of .6 comes off in each run.
    margins = (1 + 0.8 - 0.3) / 2, 1 - 0.3
    assert reading.evidence[:, 4] == pytest.approx(margins, abs=1e-5)
