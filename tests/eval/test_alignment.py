"""Bead files and alignment scores: worked examples, vecalign's definitions by brute force, and bad files."""

import itertools
import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tithi.errors import DataError
from tithi.eval.alignment import score_documents, score_files
from tithi.eval.beads import BeadIndex, read_beads, read_documents, run_of


def beads(*pairs: tuple[list[int], list[int]]) -> tuple[BeadIndex, ...]:
    return tuple(BeadIndex(run_of(h), run_of(e)) for h, e in pairs)


GOLD = beads(([0], [0]), ([1, 2], [1]), ([3], []), ([4], [2, 3]), ([], [4]))
SYSTEM = beads(([0], [0]), ([1], [1]), ([2], []), ([3], []), ([4], [2, 3]), ([], [4]))


def test_a_worked_example() -> None:
    scores = score_documents([GOLD], [SYSTEM])
    assert (scores.strict.precision, scores.strict.recall) == (2 / 3, 2 / 3)
    assert (scores.lax.precision, scores.lax.recall) == (1.0, 1.0)
    assert (scores.null.precision, scores.null.recall) == (2 / 3, 1.0)
    assert (scores.link.precision, scores.link.recall) == (1.0, 4 / 5)
    assert scores.aer == pytest.approx(1 - (4 + 4) / (4 + 5))
    # vecalign's precision counts the system's nulls: 2 pairs and 2 nulls right of 6; recall counts no nulls.
    assert (scores.with_nulls[0].precision, scores.with_nulls[0].recall) == (4 / 6, 2 / 3)
    assert (scores.with_nulls[1].precision, scores.with_nulls[1].recall) == (5 / 6, 1.0)
    assert [(t.kind, t.gold, t.system, t.right) for t in scores.types] == [
        ("1-0", 1, 2, 1),
        ("1-1", 1, 2, 1),
        ("0-1", 1, 1, 1),
        ("1-2", 1, 1, 1),
        ("2-1", 1, 0, 0),
    ]
    assert "nulls:excluded" in scores.signature
    assert "strict" in scores.table()
    assert json.loads(scores.to_json())["lax"]["f1"] == 1.0


def test_equal_is_perfect_and_nothing_is_none() -> None:
    perfect = score_documents([GOLD, GOLD], [GOLD, GOLD])
    assert perfect.strict.f1 == perfect.lax.f1 == perfect.null.f1 == perfect.link.f1 == 1.0
    assert perfect.strict.f1_interval == (1.0, 1.0)
    assert perfect.aer == 0.0
    only_nulls = score_documents([beads(([0], []))], [beads(([0], []))])
    assert only_nulls.strict.f1 is None
    assert only_nulls.aer is None
    missed = score_documents([beads(([0], [0]))], [beads(([0], []), ([], [0]))])
    assert (missed.strict.precision, missed.strict.recall, missed.strict.f1) == (None, 0.0, 0.0)


@st.composite
def alignments(draw: st.DrawFn) -> tuple[BeadIndex, ...]:
    sizes = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=8))
    hi = en = 0
    out = []
    for m, n in sizes:
        if m or n:
            out.append(BeadIndex(range(hi, hi + m), range(en, en + n)))
        hi, en = hi + m, en + n
    return tuple(out)


@given(st.lists(st.tuples(alignments(), alignments()), min_size=1, max_size=3))
@settings(max_examples=150)
def test_equal_to_the_definition_by_brute_force(
    documents: list[tuple[tuple[BeadIndex, ...], tuple[BeadIndex, ...]]],
) -> None:
    gold, system = [g for g, _ in documents], [s for _, s in documents]
    scores = score_documents(gold, system, samples=0)

    def share(ours: list[tuple[BeadIndex, ...]], theirs: list[tuple[BeadIndex, ...]], lax: bool) -> float | None:
        hits = []
        for mine, others in zip(ours, theirs, strict=True):
            full = [o for o in others if not o.is_null]
            for bead in (b for b in mine if not b.is_null):
                shared = any(set(bead.hi) & set(o.hi) and set(bead.en) & set(o.en) for o in full)
                hits.append(shared if lax else bead in full)
        return sum(hits) / len(hits) if hits else None

    for prf, lax in ((scores.strict, False), (scores.lax, True)):
        assert prf.precision == share(system, gold, lax)
        assert prf.recall == share(gold, system, lax)
    linked = [{(n, h, e) for n, d in enumerate(of) for b in d for h in b.hi for e in b.en} for of in (gold, system)]
    nulls = [
        {
            (n, s, i)
            for n, d in enumerate(of)
            for b in d
            if b.is_null
            for s, run in (("hi", b.hi), ("en", b.en))
            for i in run
        }
        for of in (gold, system)
    ]
    for prf, (ours, theirs) in ((scores.link, linked), (scores.null, nulls)):
        assert prf.precision == (len(ours & theirs) / len(theirs) if theirs else None)
        assert prf.recall == (len(ours & theirs) / len(ours) if ours else None)
    mirrored = score_documents(system, gold, samples=0)
    assert mirrored.strict.precision == scores.strict.recall


def test_intervals_are_seeded_and_hold_the_figure() -> None:
    half = beads(([0], [0]), ([1], [1]))
    wrong = beads(([0], [1]), ([1], [0]))
    gold, system = [half] * 10, [half] * 6 + [wrong] * 4
    first, again = score_documents(gold, system), score_documents(gold, system)
    assert first == again
    assert first.strict.f1_interval is not None
    low, high = first.strict.f1_interval
    assert low < 0.6 < high


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_files_and_folders_give_the_same_beads(tmp_path: Path) -> None:
    gold, system = tmp_path / "gold", tmp_path / "system"
    gold.mkdir()
    system.mkdir()
    write(gold, "a.gold.json", "[[[0],[0,1]],[[1],[]],[[],[]]]")
    write(gold, "b.json", "[[[0],[0]]]")
    write(gold, "summary.json", "{}")
    write(gold, "a.hi", "यह यहाँ नहीं गिना जाता।")
    write(system, "a.jsonl", '{"hi": [0, 1], "en": [0, 2], "score": 0.9}\n\n{"hi": [1, 2], "en": [2, 2]}\n')
    write(system, "b.jsonl", '{"hi": [0, 1], "en": [0, 1]}\n')
    names, golds, systems = read_documents(gold, system)
    assert names == ["a", "b"]
    assert golds == systems == [beads(([0], [0, 1]), ([1], [])), beads(([0], [0]))]
    assert score_files(gold, system).strict.f1 == 1.0
    assert score_files(gold / "a.gold.json", system / "a.jsonl").documents == 1


BAD = [
    ("", "empty file"),
    ("[[[0],[0]],[[0],[1]]]", "got hi 0 again after"),
    ("[[[0,2],[0]]]", "follow one another"),
    ("[[[1,0],[0]]]", "follow one another"),
    ("[[[-1],[0]]]", "whole numbers from 0"),
    ("[[[true],[0]]]", "whole numbers from 0"),
    ("[[0,0]]", "a bead is"),
    ("[[[0],[0]]", "not JSON"),
    ("[" * 100_000, "not JSON"),
    ('{"hi": [0, 1]}', "a line is"),
    ('{"hi": [1, 0], "en": [0, 1]}', "0 <= start <= stop"),
    ('{"hi": [0, 1], "en": [0, 1]}\nnot json', "bad.json:2: not JSON"),
    ('{"hi": [0, 300000000], "en": [0, 1]}', "<= 10000000; got [0, 300000000]"),
    ('{"hi": [0, 1%s], "en": [0, 1]}' % ("0" * 30), "<= 10000000; got [0, 1000"),
    ('{"hi": [0, 1%s], "en": [0, 1]}' % ("0" * 6000), "not JSON"),
    ("[[[1000000000000],[0]]]", "below 10000000"),
    ('[[["\\ud800"],[0]]]', "whole numbers from 0"),
    ('{"hi": [0, 2], "en": [0, 1]}\n{"hi": [1, 2], "en": [1, 2]}', "bad.json:2: a sentence lies in one bead; got hi 1"),
]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_bad_files_are_one_clear_line(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path, "bad.json", text)
    with pytest.raises(DataError) as caught:
        read_beads(path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_large_runs_take_no_memory(tmp_path: Path) -> None:
    wide = write(
        tmp_path, "wide.jsonl", '{"hi": [0, 9000000], "en": [0, 8000000]}\n{"hi": [9000000, 9999999], "en": [0, 0]}'
    )
    half = write(
        tmp_path, "half.jsonl", '{"hi": [0, 4500000], "en": [0, 8000000]}\n{"hi": [9000000, 9999999], "en": [0, 0]}'
    )
    tracemalloc.start()
    scores = score_files(wide, half)
    assert tracemalloc.get_traced_memory()[1] < 80_000_000
    tracemalloc.stop()
    assert (scores.link.precision, scores.link.recall, scores.null.f1) == (1.0, 0.5, 1.0)


def test_bad_folders(tmp_path: Path) -> None:
    gold, system = tmp_path / "gold", tmp_path / "system"
    gold.mkdir()
    system.mkdir()
    with pytest.raises(DataError, match="no bead files"):
        read_documents(gold, system)
    a = write(gold, "a.gold.json", "[[[0],[0]]]")
    b = write(system, "b.jsonl", '{"hi": [0, 1], "en": [0, 1]}')
    with pytest.raises(DataError, match=r"a\.gold\.json: every document needs a counterpart"):
        read_documents(gold, system)
    with pytest.raises(DataError, match="two files or two folders"):
        read_documents(gold, b)
    with pytest.raises(DataError, match=r"none\.jsonl: no such file"):
        read_documents(a, system / "none.jsonl")
    write(gold, "a.json", "[]")
    with pytest.raises(DataError, match="one bead file a document"):
        read_documents(gold, system)
    path = tmp_path / "latin.json"
    path.write_bytes(b"[\xff]")
    with pytest.raises(DataError, match="must be UTF-8; got byte 0xFF"):
        read_beads(path)
    with pytest.raises(DataError, match="got 1 and 2"):
        score_documents([GOLD], [GOLD, GOLD])


def test_strict_never_beats_lax_on_all_pairs_of_small_alignments() -> None:
    shapes = [GOLD, SYSTEM, beads(([0, 1], [0])), beads(([0], [0]), ([1], [1]))]
    for gold, system in itertools.product(shapes, repeat=2):
        scores = score_documents([gold], [system], samples=0)
        assert (scores.strict.f1 or 0) <= (scores.lax.f1 or 0)
