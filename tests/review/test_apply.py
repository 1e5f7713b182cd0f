"""Decisions in a new build: places found again, beads forced, dates and texts corrected, what no longer fits told."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.builders import lake
from tests.village import english, hindi
from tithi.cli.main import main
from tithi.corpus.folder import changes
from tithi.corpus.stored import stored_rows
from tithi.records import Alignment
from tithi.report.stories import aligned_story, stored_stories
from tithi.review.anchor import Anchor
from tithi.review.apply import Applied, apply
from tithi.review.decisions import Decision, bead_key
from tithi.review.library import row_key, text_digest
from tithi.review.store import Store

LAKE = lake()
HI, EN = LAKE.hi.article.text, LAKE.en.article.text
DIGEST = text_digest(HI, EN)
STORY = aligned_story(LAKE)
WHOLE, PAIR, *ALONE = (row_key(row) for row in (*STORY.sentences, *STORY.unaligned))


def place(text: str, part: str) -> tuple[int, int]:
    return text.index(part), text.index(part) + len(part)


DEEPER, MONTHS = place(HI, "गाँव ने तालाब को गहरा किया।"), place(HI, "काम पाँच महीने चला।")
DUG = place(EN, "The village dug the pond deeper, and the work took five months.")
VILLAGE, TOOK = place(EN, "The village dug the pond deeper,"), place(EN, "and the work took five months.")


def obeyed(*decisions: tuple[str, dict[str, Any]], on: Alignment = LAKE) -> Applied:
    listed = [Decision(k, "t", "asha", "lake", kind, data, DIGEST, "b") for k, (kind, data) in enumerate(decisions)]
    return apply(on, listed, {DIGEST: (HI, EN)}.get)


def drawn(alignment: Alignment) -> list[tuple[str, str]]:
    return [(alignment.hi.text(bead.hi), alignment.en.text(bead.en)) for bead in alignment.beads]


def check_whole(alignment: Alignment) -> None:
    """Every sentence lies in exactly one bead and one segment, and is its article's own text."""
    for document, side in ((alignment.hi, "hi"), (alignment.en, "en")):
        held = sorted(k for bead in alignment.beads for k in range(*getattr(bead, side)))
        assert held == list(range(len(document.sentences)))
        assert [k for segment in document.segments for k in range(*segment.sentences)] == held
        assert all(document.article.text[s.start : s.stop] == s.text for s in document.sentences)


@pytest.mark.parametrize(
    ("old", "new", "part", "found"),
    [
        ("नदी बहती है। पुल टूटा।", "नदी  बहती है. पुल टूटा!", "पुल टूटा।", "पुल टूटा!"),
        ("“नदी बहती है।” पुल टूटा।", "'नदी बहती है।'\r\nपुल टूटा।", "“नदी बहती है।”", "'नदी बहती है।'"),
        ("ज़िला बदला।", "ज\u093cिला बदला ।", "ज़िला बदला।", "ज\u093cिला बदला ।"),
        ("पहला। दूसरा।", "नया। पहला। दूसरा।", "दूसरा।", "दूसरा।"),
        ("पहला। दूसरा।", "दूसरा। दूसरा। पहला।", "दूसरा।", None),
        ("पहला। दूसरा।", "पहला। तीसरा।", "दूसरा।", None),
        ("अ। ब। अ।", "अ . ब . अ .", "अ।", "अ ."),
        ("a. b. a.", "a!  b!  a!", "a.", "a!"),
    ],
)
def test_places_are_found_again_where_blanks_and_punctuation_changed(
    old: str, new: str, part: str, found: str | None
) -> None:
    span = Anchor(old, new).find(place(old, part))
    assert (None if span is None else new[slice(*span)]) == found


def test_no_decision_changes_nothing() -> None:
    assert obeyed().alignment is LAKE


def test_confirmed_pairs_are_certain_and_rejected_ones_taken_apart() -> None:
    made = obeyed(("judge", {"bead": WHOLE, "verdict": "accepted"}), ("judge", {"bead": PAIR, "verdict": "rejected"}))
    check_whole(made.alignment)
    assert [bead.score for bead in made.alignment.pairs()] == [1.0]
    assert made.confirmed == frozenset(made.alignment.pairs())
    assert [bead.reason for bead in made.alignment.nulls()].count("rejected by a reviewer") == 2
    assert (made.fits, made.unfit) == (2, ())


def test_sentences_cut_by_hand_become_beads() -> None:
    add = [{"hi": [DEEPER], "en": [VILLAGE]}, {"hi": [MONTHS], "en": [TOOK]}]
    made = obeyed(("replace", {"remove": [PAIR], "add": add}))
    check_whole(made.alignment)
    assert ("काम पाँच महीने चला।", "and the work took five months.") in drawn(made.alignment)
    assert len(made.confirmed) == 2


def test_what_was_taken_from_a_bead_leaves_the_rest_alone() -> None:
    other = bead_key([DEEPER], [DUG])
    made = obeyed(("replace", {"remove": [PAIR], "add": [{"hi": [DEEPER], "en": [DUG]}, {"hi": [MONTHS], "en": []}]}))
    check_whole(made.alignment)
    assert ("गाँव ने तालाब को गहरा किया।", EN[slice(*DUG)]) in drawn(made.alignment)
    assert ("काम पाँच महीने चला।", "") in drawn(made.alignment)
    assert other


def test_a_corrected_text_moves_what_stands_behind_it() -> None:
    made = obeyed(
        ("text", {"lang": "hi", "span": list(DEEPER), "text": "गाँव ने मिलकर तालाब को और गहरा किया।"}),
        ("judge", {"bead": PAIR, "verdict": "accepted"}),
    )
    check_whole(made.alignment)
    assert made.alignment.hi.text((1, 3)) == "गाँव ने मिलकर तालाब को और गहरा किया। काम पाँच महीने चला।"
    assert made.alignment.hi.sentences[-1].text == "मछलियाँ लौट आईं।"
    heading = made.alignment.hi.segments[2].heading
    assert heading is not None
    assert made.alignment.hi.article.text[slice(*heading)] == "2021"


def test_dates_are_corrected_in_segments_and_beads() -> None:
    segment = LAKE.hi.segments[1]
    made = obeyed(
        ("date", {"segment": "g0002", "lang": "hi", "span": [segment.start, segment.stop], "date": "2020-06"})
    )
    assert made.alignment.hi.segments[1].date == "2020-06"
    assert {bead.date for bead in made.alignment.beads if bead.link == 1} == {"2020-06"}


def test_what_no_longer_fits_is_told() -> None:
    other = lake(suffix=" एक")
    gone = {"bead": WHOLE, "verdict": "accepted"}
    made = obeyed(("judge", gone), ("judge", {"bead": PAIR, "verdict": "accepted"}), on=other)
    check_whole(made.alignment)
    assert [why.partition(": ")[2] for why in made.unfit] == [
        "its sentences are no longer neighbours, or are cut otherwise"
    ]
    assert made.fits == 1
    assert apply(
        LAKE, [Decision(1, "", "a", "lake", "judge", gone, "unknown", "")], dict[str, tuple[str, str]]().get
    ).unfit


def test_a_build_obeys_and_keeps_its_decisions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hi, en, out = tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "set"
    hi.write_text(hindi(), encoding="utf-8")
    en.write_text(english(), encoding="utf-8")
    build = ["build", str(hi), str(en), "-o", str(out), "--id", "village"]
    assert main(build) == 0
    (story,) = stored_stories(out)
    keys = [row_key(row) for row in story.sentences]
    digest = text_digest(story.article["hi"], story.article["en"])
    items: list[tuple[str, str, dict[str, Any]]] = [
        ("village", "judge", {"bead": keys[0], "verdict": "rejected"}),
        *(("village", "judge", {"bead": key, "verdict": "accepted"}) for key in keys[1:]),
    ]
    with Store(out / "review.sqlite") as store:
        store.keep_text(digest, story.article["hi"], story.article["en"])
        store.add(items, who="asha", digests={"village": digest})
        assert main(build) == 0
        store.add([("village", "bookmark", {"bead": keys[1], "on": True})], who="asha", digests={"village": digest})
    assert changes(out) == []
    with Store(out / "review.sqlite") as store:
        assert len(list(store.decisions())) == len(keys) + 1
    assert [row["score"] for row in stored_rows(out)] == [1.0] * (len(keys) - 1)
    hi.write_text(hindi().replace("।", " ।"), encoding="utf-8")
    assert main([*build, "--min-quality", "1"]) == 0
    assert len(list(stored_rows(out))) == len(keys) - 1
    metrics = json.loads((out / "metrics.json").read_text(encoding="utf-8"))
    assert metrics["decisions"]["unfit"] == 0
    assert "decisions" in (out / "README.md").read_text(encoding="utf-8")
    assert main(["review", str(out), "--export", str(tmp_path / "all.jsonl")]) == 0
    assert main(["review", str(out), "--load", str(tmp_path / "all.jsonl")]) == 0
    assert "0 decisions added" in capsys.readouterr().out
