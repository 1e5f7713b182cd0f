"""The parts of the worlds: no document lies in two, and a world kept aside lies in one alone."""

import pytest

from training.worlds import KEPT, NOISES, Part, deal, versions

DOCUMENTS = {f"d{k:02d}": [("एक", "one")] for k in range(23)}
PARTS: tuple[Part, ...] = ("learn", "read", "unread")


def test_each_document_lies_in_one_part() -> None:
    parts = [set(deal("health", DOCUMENTS, part)) for part in PARTS]
    assert set.union(*parts) == set(DOCUMENTS)
    assert sum(map(len, parts)) == len(DOCUMENTS)
    assert all(parts)


@pytest.mark.parametrize("world", sorted(KEPT))
def test_what_is_kept_aside_is_not_read_before_the_end(world: str) -> None:
    assert [len(deal(world, DOCUMENTS, part)) for part in PARTS] == [0, 0, len(DOCUMENTS)]


def test_noises_are_those_of_comparable_articles() -> None:
    assert {name for name, rates in NOISES.items() if rates.relocate} == {"moved", "moved, 60 % foreign"}
    assert [name for name, rates in NOISES.items() if rates.free] == ["free"]


def test_a_text_told_by_several_translators_is_taken_in_versions() -> None:
    hindi, english = (["पहला एक", "दूसरा एक"], ["पहला दो", "दूसरा दो"]), (["first", "second"], ["one", "two"])
    pairs = [pair for hi in hindi for en in english for pair in zip(hi, en, strict=True)]
    assert versions(pairs) == [pairs[:2], pairs[4:6]]
