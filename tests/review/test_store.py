"""Decisions: kept, undone, exported; what stands of them; people compared."""

import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.builders import lake
from tithi.errors import DataError
from tithi.report.stories import aligned_story
from tithi.report.view import view
from tithi.review.agreement import agreement, kappa
from tithi.review.decisions import bead_key, check
from tithi.review.desk import Desk
from tithi.review.find import find
from tithi.review.fits import check_fits
from tithi.review.fold import fold
from tithi.review.gold import Exported, export_gold, gold
from tithi.review.library import Library, row_key, text_digest
from tithi.review.store import Store

STORY = aligned_story(lake())
DIGESTS = {"lake": text_digest(STORY.article["hi"], STORY.article["en"])}
KEYS = [row_key(row) for row in (*STORY.sentences, *STORY.unaligned)]
WHOLE, PAIR = KEYS[:2]


def span(lang: str, text: str) -> list[int]:
    start = STORY.article[lang].index(text)
    return [start, start + len(text)]


DEEPER, MONTHS = span("hi", "गाँव ने तालाब को गहरा किया।"), span("hi", "काम पाँच महीने चला।")
DUG = span("en", "The village dug the pond deeper, and the work took five months.")
ADVERT = span("hi", "यह विज्ञापन है।")
FIRST = span("hi", "झील की कहानी नीचे दी गई है।")


@pytest.fixture
def store(tmp_path: Path) -> Any:
    with Store(tmp_path / "review.sqlite") as opened:
        yield opened


def decide(store: Store, kind: str, who: str = "asha", **data: Any) -> None:
    store.keep_text(DIGESTS["lake"], STORY.article["hi"], STORY.article["en"])
    store.add([("lake", kind, data)], who=who, digests=DIGESTS)


def desk(store: Store) -> Desk:
    return Desk(STORY, view(STORY), fold(store.decisions("lake")))


def test_undo_and_redo_go_as_far_as_decisions_do_and_outlive_the_process(store: Store) -> None:
    for verdict in ("accepted", "rejected", None, "accepted"):
        decide(store, "judge", bead=WHOLE, verdict=verdict)
    said = []
    while store.undo("asha"):
        said.append(fold(store.decisions()).verdict(WHOLE))
    assert said == [None, "rejected", "accepted", None]
    with Store(store.path) as again:
        said = []
        while again.redo("asha"):
            said.append(fold(again.decisions()).verdict(WHOLE))
    assert said == ["accepted", "rejected", None, "accepted"]


def test_a_new_decision_ends_redoing_and_people_undo_their_own(store: Store) -> None:
    decide(store, "judge", bead=WHOLE, verdict="accepted")
    decide(store, "judge", "ravi", bead=WHOLE, verdict="rejected")
    assert store.undo("asha")[0].who == "asha"
    decide(store, "bookmark", bead=WHOLE, on=True)
    assert store.redo("asha") == []
    assert fold(store.decisions()).verdicts == {WHOLE: {"ravi": "rejected"}}
    assert len(list(store.decisions(history=True))) == 3


def test_a_batch_is_undone_at_once_and_a_bad_one_is_not_stored(store: Store) -> None:
    items: list[tuple[str, str, dict[str, Any]]] = [
        ("lake", "judge", {"bead": key, "verdict": "accepted"}) for key in KEYS
    ]
    store.add(items, who="asha", digests=DIGESTS)
    assert len(store.undo("asha")) == len(KEYS)
    with pytest.raises(DataError, match="verdict must be"):
        store.add([items[0], ("lake", "judge", {"bead": WHOLE, "verdict": "maybe"})], who="asha", digests=DIGESTS)
    assert len(list(store.decisions(history=True))) == len(KEYS)


def test_export_and_load_lose_nothing_and_double_nothing(store: Store, tmp_path: Path) -> None:
    store.keep_text(DIGESTS["lake"], STORY.article["hi"], STORY.article["en"])
    decide(store, "judge", bead=WHOLE, verdict="accepted")
    decide(store, "text", lang="hi", span=FIRST, text="तालाब की कहानी\u2028नीचे है।")
    store.undo("asha")
    lines = list(store.export())
    with Store(tmp_path / "other.sqlite") as other:
        assert other.load(lines, "x.jsonl") == 2
        assert list(other.export()) == lines
        assert other.load(lines, "x.jsonl") == 0
        with pytest.raises(DataError, match=r"x\.jsonl:2: must be an exported decision; got .*; load what --exp"):
            other.load([lines[0], '{"seq": 1}'], "x.jsonl")


def test_no_file_of_decisions_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "review.sqlite").write_text("no database at all, " * 100, encoding="utf-8")
    with pytest.raises(DataError, match="must be a file of decisions"):
        Store(tmp_path / "review.sqlite")


def test_it_is_written_ahead(store: Store) -> None:
    decide(store, "judge", bead=WHOLE, verdict="accepted")
    with sqlite3.connect(store.path) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert other.execute("SELECT count(*) FROM decisions").fetchone() == (1,)
    other.close()


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("vote", {}),
        ("judge", {"bead": "0-5", "verdict": "accepted"}),
        ("judge", {"bead": "-|-x", "verdict": "accepted"}),
        ("judge", []),
        ("alarm", {"bead": "0-5|0-5", "issue": 3, "verdict": "false"}),
        ("missed", {"bead": "0-5|0-5", "issue": "date", "lang": "de", "span": [0, 1], "note": ""}),
        ("date", {"segment": "g0001", "lang": "hi", "span": [0, 5], "date": "gestern"}),
        ("date", {"segment": "g0001", "lang": "hi", "span": [0, 5], "date": "2019-13"}),
        ("text", {"lang": "hi", "span": [5, 5], "text": "x"}),
        ("text", {"lang": "hi", "span": [True, 5], "text": "x"}),
        ("bookmark", {"bead": "0-5|-", "on": "yes"}),
        ("replace", {"remove": [], "add": [{"hi": [[0, 5]], "en": []}]}),
        ("replace", {"remove": ["0-5|-"], "add": [{"hi": [], "en": []}]}),
        ("replace", {"remove": ["0-5|-"], "add": [{"hi": [[5, 0]], "en": []}]}),
    ],
)
def test_what_is_no_decision_is_refused(kind: str, data: object) -> None:
    with pytest.raises(DataError):
        check(kind, data)


@pytest.mark.parametrize(
    "date", ["2019", "2019-05", "2019-05-12", "199X", "XXXX-05-16", "-0321", "2006-10-14/2017-12-22", None]
)
def test_dates_are_edtf(date: str | None) -> None:
    check("date", {"segment": "g0001", "lang": "hi", "span": [0, 5], "date": date})


def test_beads_are_split_merged_and_linked_again(store: Store) -> None:
    add = [{"hi": [DEEPER], "en": [DUG]}, {"hi": [MONTHS], "en": []}]
    decide(store, "replace", remove=[PAIR], add=add)
    keys = [item["key"] for segment in desk(store).payload()["segments"] for item in segment["rows"]]
    assert keys[1:4] == [bead_key([DEEPER], [DUG]), bead_key([MONTHS], []), bead_key([ADVERT], [])]
    check_fits(desk(store), "replace", {"remove": keys[2:4], "add": [{"hi": [MONTHS, ADVERT], "en": []}]})
    store.undo("asha")
    assert PAIR in desk(store)


@pytest.mark.parametrize(
    ("remove", "add", "told"),
    [
        ([PAIR], [{"hi": [DEEPER], "en": [DUG]}], "cover the same hi text"),
        ([PAIR], [{"hi": [DEEPER, MONTHS, ADVERT], "en": [DUG]}], "cover the same hi text"),
        ([PAIR], [{"hi": [MONTHS, DEEPER], "en": [DUG]}], "stand in order"),
        ([PAIR], [{"hi": [DEEPER, DEEPER, MONTHS], "en": [DUG]}], "must not overlap"),
        (["5-9|-"], [{"hi": [[5, 9]], "en": []}], "a bead that stands"),
        (
            [WHOLE, KEYS[2]],
            [{"hi": [FIRST, ADVERT], "en": []}, {"hi": [], "en": [span("en", "The story of the lake is told below.")]}],
            "neighbours",
        ),
        ([PAIR], [{"hi": [[9_000, 9_001]], "en": []}], "beyond its end"),
    ],
)
def test_what_would_lose_or_invent_text_is_refused(store: Store, remove: list[str], add: Any, told: str) -> None:
    with pytest.raises(DataError, match=told):
        check_fits(desk(store), "replace", {"remove": remove, "add": add})


def test_gold_is_written_when_every_bead_is_judged(store: Store, tmp_path: Path) -> None:
    assert export_gold([STORY], store, tmp_path / "gold") == Exported(0, 0, 0)
    decide(store, "judge", bead=WHOLE, verdict="rejected")
    assert export_gold([STORY], store, tmp_path / "gold") == Exported(0, 1, 1)
    for key in KEYS[1:]:
        decide(store, "judge", bead=key, verdict="accepted")
    assert export_gold([STORY], store, tmp_path / "gold") == Exported(1, 0, 2)
    made = gold(STORY, fold(store.decisions()))
    assert made is not None
    assert [bead["hi"] for bead in made["beads"]] == [["गाँव ने तालाब को गहरा किया।", "काम पाँच महीने चला।"]]
    assert len(made["null_hi"]) == 3
    assert (tmp_path / "gold/lake.hi.txt").read_text(encoding="utf-8") == STORY.article["hi"]


def test_two_people_are_compared(store: Store) -> None:
    for key, one, other in zip(KEYS, ["accepted"] * 4 + ["rejected"], ["accepted"] * 3 + ["rejected"] * 2, strict=True):
        decide(store, "judge", "asha", bead=key, verdict=one)
        decide(store, "judge", "ravi", bead=key, verdict=other)
    found = agreement([("lake", fold(store.decisions()))], "asha", "ravi")
    assert (found.beads, found.agreed) == (5, 4)
    assert found.differ == (("lake", KEYS[3], "accepted", "rejected"),)
    assert found.kappa == pytest.approx((0.8 - 0.56) / 0.44)
    assert kappa(Counter()) is None
    assert kappa(Counter({("a", "a"): 3})) is None


@pytest.mark.parametrize(
    ("query", "found"),
    [("मछलियां", [KEYS[3]]), ("POND", [PAIR]), ("तालाब", [PAIR]), ("", []), ("   ", []), ("xyz", []), ("की", [WHOLE])],
)
def test_words_are_found_in_both_scripts(query: str, found: list[str]) -> None:
    assert [bead for _, bead in find(Library([STORY]), query, 9)] == found
    assert len(list(find(Library([STORY]), "the", 1))) == 1


def test_the_queue_begins_with_the_most_doubtful() -> None:
    queue = Library([STORY]).queue
    assert [item.doubt for item in queue] == sorted((item.doubt for item in queue), reverse=True)
    assert {item.bead for item in queue} == set(KEYS)
