"""Bad pairs are made of each kind, as many as are asked for, and count as dropped for their own fault alone."""

import random
from collections import Counter

import pytest

from benchmarks.bad_pairs import KINDS
from benchmarks.filters import Told
from benchmarks.mixed_pairs import BEFORE, Part, spoilt
from tithi.filters.verdict import Verdict

HINDI = "गाँव के {} लोग {} दिन से नए पुल पर काम कर रहे हैं।"
ENGLISH = "The {} people of the village have worked on the new bridge for {} days."
DONORS = [
    Part(f"a {n}", [(HINDI.format(10 + i, n + 2), ENGLISH.format(10 + i, n + 2)) for i in range(10)]) for n in range(4)
]
WORDLESS = [Part("b", [("नदी शांत है।", "The river is calm."), ("मेला शुरू हुआ।", "The fair began.")])]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("each", [1, 7, 40, 333])
def test_as_many_are_made_as_are_asked_for(kind: str, each: int) -> None:
    parts = list(spoilt(kind, DONORS, each, random.Random(1)))
    found = [pair for part in parts for pair in part]
    assert Counter(pair.label for pair in found if pair.label != BEFORE) == {kind: each}
    assert (BEFORE in {pair.label for pair in found}) == (kind == "near-duplicate")
    assert {len({pair.article for pair in part}) for part in parts} == {1}
    good = {pair for part in DONORS for pair in part.pairs}
    assert not good & {(pair.hi, pair.en) for pair in found if pair.label != BEFORE}
    if each <= 40 and kind != "boilerplate":
        assert len({pair[2:] for pair in found if pair.label != BEFORE}) == each


@pytest.mark.parametrize("kind", ["number changed", "truncated", "shuffled", "half translated"])
def test_none_is_made_where_there_is_no_place_for_a_fault(kind: str) -> None:
    found = [pair for part in spoilt(kind, WORDLESS[:1], 5, random.Random(1)) for pair in part]
    assert (found == []) == (kind == "number changed")
    assert "none made" in Told().line(kind)
    assert "100" not in Told().line(kind)


@pytest.mark.parametrize(
    ("label", "name", "counted"),
    [
        ("shifted", "margin", True),
        ("shifted", "near-duplicate", False),
        ("shifted", "boilerplate", False),
        ("copied", "duplicate", False),
        ("boilerplate", "boilerplate", True),
        ("boilerplate", "duplicate", False),
        ("near-duplicate", "duplicate", True),
        ("near-duplicate", "near-duplicate", True),
        ("near-duplicate", "boilerplate", False),
        ("news", "duplicate", True),
    ],
)
def test_a_bad_pair_counts_by_its_own_fault(label: str, name: str, counted: bool) -> None:
    told = Told()
    told.add(label, ("नदी", "river"), Verdict(name, 1.0, 0.0, "seen"))
    assert (told.by.total(), told.again) == ((1, 0) if counted else (0, 1))
