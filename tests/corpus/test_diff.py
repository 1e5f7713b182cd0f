from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import lake, plain
from tithi.corpus.diff import diff
from tithi.corpus.write import DatasetWriter
from tithi.errors import DataError
from tithi.records import Alignment, Bead


def build(out: Path, *alignments: Alignment) -> Path:
    with DatasetWriter(out) as writer:
        for alignment in alignments:
            writer.add(alignment)
        writer.close()
    return out


def told(old: Path, new: Path) -> list[tuple[str, str | None, str | None]]:
    return [
        (change.kind, change.old.id if change.old else None, change.new.id if change.new else None)
        for change in diff(old, new)
    ]


def test_the_same_pairs_in_another_order_are_no_change(tmp_path: Path) -> None:
    one, other = lake("a"), plain("b", "तालाब", "pond")
    assert told(build(tmp_path / "x", one, other), build(tmp_path / "y", other, one)) == []


def test_added_gone_and_realigned(tmp_path: Path) -> None:
    was = lake("lake")
    split = (
        was.beads[0],
        Bead((1, 2), (1, 2), 0.5, "2019-05", 1),
        Bead((2, 3), (2, 2), 0.5, "2019-05", 1),
        *was.beads[2:],
    )
    old = build(tmp_path / "x", was, plain("b", "तालाब", "pond"), plain("c", "नदी", "river"))
    new = build(tmp_path / "y", replace(was, beads=split), plain("c", "नदी", "stream"), plain("d", "तालाब", "pond"))
    assert told(old, new) == [
        ("realigned", "lake-s0002", "lake-s0002"),
        ("gone", "b-s0001", None),
        ("realigned", "c-s0001", "c-s0001"),
        ("added", None, "d-s0001"),
    ]
    first = next(diff(old, new))
    assert first.old is not None
    assert first.new is not None
    assert (first.old.bead, first.new.bead, first.new.hi) == ("2-1", "1-1", "गाँव ने तालाब को गहरा किया।")


def test_a_pair_that_came_twice_and_now_once(tmp_path: Path) -> None:
    was = lake("lake")
    doubled = replace(was, beads=(*was.beads, was.beads[0]))
    assert told(build(tmp_path / "x", doubled), build(tmp_path / "y", was)) == [("gone", "lake-s0003", None)]


def test_what_is_no_dataset(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="must be a dataset built by tithi"):
        list(diff(build(tmp_path / "x", lake()), tmp_path))
