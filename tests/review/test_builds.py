"""Decisions and builds: bitexts obey, missed issues are told, dismissed alarms count nowhere, losses are listed."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.village import english, hindi
from tithi.cli.main import main
from tithi.corpus.folder import file_digests
from tithi.corpus.stored import stored_rows
from tithi.report.stories import Story, stored_stories
from tithi.report.view import view
from tithi.review.decisions import Decision
from tithi.review.desk import Desk
from tithi.review.dismissals import FalseAlarms, dismissals, standing
from tithi.review.fold import fold
from tithi.review.judgements import judgements
from tithi.review.library import Library, row_key, text_digest
from tithi.review.placed import placed
from tithi.review.session import Review
from tithi.review.standing import Standing, came_aligned
from tithi.review.store import Store
from training.decided import Alarm, mostly_false, read_decided

PAIRS = [
    ("दस लाख लोग आए।", "Two million people came."),
    ("नदी बहुत गहरी है।", "The river is very deep."),
    ("पुल 2019 में बना।", "The bridge was built in 2018."),
    ("बच्चे स्कूल जाते हैं।", "The children go to school."),
]


class Set:
    """A dataset made of a bitext, with what is decided on it."""

    def __init__(self, folder: Path) -> None:
        self.out, self.file = folder / "set", folder / "news.tsv"
        self.build(PAIRS)

    def build(self, pairs: list[tuple[str, str]], *options: str) -> int:
        self.file.write_text("".join(f"{hi}\t{en}\n" for hi, en in pairs), encoding="utf-8")
        return main(["build", "--from-bitext", str(self.file), "-o", str(self.out), *options])

    def rows(self) -> dict[str, Any]:
        return {row["translation"]["en"]: row for row in stored_rows(self.out)}

    def story(self) -> Story:
        return next(iter(stored_stories(self.out)))

    def key(self, number: int) -> str:
        return row_key(self.story().sentences[number])

    def decide(self, *items: tuple[str, dict[str, Any]]) -> None:
        story = self.story()
        digest = text_digest(story.article["hi"], story.article["en"])
        with Store(self.out / "review.sqlite") as store:
            store.keep_text(digest, story.article["hi"], story.article["en"])
            listed = [("" if kind == "dismiss" else story.id, kind, data) for kind, data in items]
            store.add(listed, who="asha", digests={"": "", story.id: digest})

    def metrics(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.out / "metrics.json").read_text(encoding="utf-8"))["decisions"]
        return found


@pytest.fixture
def made(tmp_path: Path) -> Set:
    return Set(tmp_path)


def test_a_bitext_obeys_and_decisions_go_with_their_pair(made: Set) -> None:
    made.decide(
        ("judge", {"bead": made.key(0), "verdict": "accepted"}),
        ("judge", {"bead": made.key(1), "verdict": "rejected"}),
        ("alarm", {"bead": made.key(2), "issue": "date: *", "verdict": "false"}),
        ("bookmark", {"bead": made.key(3), "on": True}),
    )
    moved = [(f"नई पंक्ति {k} है।", f"A new line {k} is here.") for k in range(50)]
    changed = [(hi.replace("।", " ।"), en) for hi, en in PAIRS]
    assert made.build(moved + changed, "--min-quality", "0.3") == 0
    rows = made.rows()
    assert "Two million people came." in rows, "confirmed, so no threshold takes it apart"
    assert "The river is very deep." not in rows
    assert rows["The bridge was built in 2018."]["issues"] == []
    assert made.metrics() == {"obeyed": 4, "unfit": 0, "listed": []}
    assert "decisions" in (made.out / "README.md").read_text(encoding="utf-8")
    last = list(stored_stories(made.out))[-1]
    with Store(made.out / "review.sqlite") as store:
        review = Review(Library(stored_stories(made.out)), store, given=True)
        state = review.state(last.id)
        assert sorted(verdict for said in state.verdicts.values() for verdict in said.values()) == [
            "accepted",
            "rejected",
        ]
        assert state.bookmarks == {row_key(last.sentences[-1])}
        assert review.turn(store.undo("asha")) == [last.id]
        assert not review.state(last.id).verdicts
        assert review.turn(store.redo("asha")) == [last.id]
        assert len(review.state(last.id).verdicts) == 2


def test_only_the_articles_that_were_decided_on_are_made_anew(made: Set, capsys: pytest.CaptureFixture[str]) -> None:
    pairs = [*PAIRS, *((f"नई पंक्ति {k} है।", f"A new line {k} is here.") for k in range(120))]
    assert made.build(pairs) == 0
    made.decide(("judge", {"bead": made.key(1), "verdict": "rejected"}))
    told = []
    for given in (pairs, [pairs[0], *pairs[2:60], pairs[1], *pairs[60:]]):  # in its place, then in the next article
        capsys.readouterr()
        assert made.build(given) == 0
        told.append(next(line for line in capsys.readouterr().err.splitlines() if "built: " in line))
        assert "The river is very deep." not in made.rows()
        kept = file_digests(made.out / "data")
        shutil.rmtree(made.out / ".parts")
        assert made.build(given) == 0
        assert file_digests(made.out / "data") == kept
    counts = [tuple(map(int, re.findall(r"\d+", line))) for line in told]
    assert [made_of - reused for made_of, reused in counts] == [1, 2]
    made.decide(("dismiss", {"issue": "number", "domain": None, "on": True}))
    capsys.readouterr()
    assert made.build(given) == 0
    assert f"tithi: built: {counts[-1][0]} article pairs\n" in capsys.readouterr().err, (
        "a word on all of them changes all"
    )


def test_what_is_in_no_article_any_more_is_listed(made: Set) -> None:
    made.decide(
        ("judge", {"bead": made.key(0), "verdict": "accepted"}),
        ("judge", {"bead": made.key(1), "verdict": "accepted"}),
    )
    before = made.story().id
    assert made.build(PAIRS[1:]) == 0
    told = made.metrics()
    assert (told["obeyed"], told["unfit"]) == (1, 1)
    assert told["listed"] == [f"{before}: judge: its text is in no article of this build"]


def test_a_missed_issue_is_told_and_a_slip_leaves_the_quality(made: Set) -> None:
    before = made.rows()
    hi, en = (made.story().article[lang] for lang in ("hi", "en"))
    places = {"hi": [hi.index("गहरी"), hi.index("गहरी") + 4], "en": [en.index("school"), en.index("school") + 6]}
    made.decide(
        ("missed", {"bead": made.key(1), "issue": "contrast", "lang": "hi", "span": places["hi"], "note": "it is not"}),
        ("missed", {"bead": made.key(3), "issue": "fluency", "lang": "en", "span": places["en"], "note": ""}),
    )
    assert made.build([("कोई नहीं था।", "No one was there."), *PAIRS]) == 0
    after = made.rows()
    (issue,) = after["The river is very deep."]["issues"]
    assert (issue["kind"], issue["severity"], issue["message"], issue["confidence"]) == (
        "contrast",
        "error",
        "it is not",
        1,
    )
    assert PAIRS[1][0][slice(*issue["hi"])] == "गहरी"
    assert after["The river is very deep."]["quality"] == 0
    (slip,) = after["The children go to school."]["issues"]
    assert (slip["message"], slip["en"]) == ("fluency, as asha found", [19, 25])
    story = next(iter(stored_stories(made.out)))
    with Store(made.out / "review.sqlite") as store:
        state = fold(Standing(store, given=came_aligned(made.out)).of(story))
    drawn = [Desk(story, view(story), state).item(row_key(row))[0] for row in story.sentences]
    assert [len(item["issues"]) for item in drawn] == [0, 1, 1, 1, 1]
    assert not any(item["missed"] for item in drawn), "told among the issues, and so not twice"
    assert after["The children go to school."]["quality"] == before["The children go to school."]["quality"]


def test_figures_and_filters_heed_what_is_called_false(made: Set, capsys: pytest.CaptureFixture[str]) -> None:
    (made.out.parent / "own.toml").write_text("[filters]\nissue-number = 0.5\n", encoding="utf-8")

    def told() -> tuple[dict[str, int], set[str]]:
        capsys.readouterr()
        assert main(["stats", str(made.out), "--json"]) == 0
        issues = json.loads(capsys.readouterr().out)["issues"]
        target = made.out.parent / "filtered"
        command = ["filter", str(made.out), "-o", str(target), "--config", str(made.out.parent / "own.toml")]
        assert main(command) == 0
        return issues, {row["translation"]["en"] for row in stored_rows(target)}

    first = PAIRS[0][1]
    issues, kept = told()
    assert (issues["number"], first in kept) == (1, False)
    made.decide(("alarm", {"bead": made.key(0), "issue": "number: *", "verdict": "false"}))
    issues, kept = told()
    assert ("number" in issues, first in kept) == (False, True)


@pytest.mark.parametrize("domain", [None, "news", "the article", "other"])
def test_a_dismissed_kind_counts_nowhere(made: Set, domain: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    article = made.story().id
    domain = article if domain == "the article" else domain
    made.decide(("dismiss", {"issue": "number", "domain": domain, "on": True}))
    counts = domain != "other"
    (shown,) = standing([made.story()], dismissals(made.out))
    assert (shown.sentences[0]["issues"] == []) == (domain in (None, article))
    capsys.readouterr()
    assert main(["check", str(made.out)]) == 0
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (first["issues"] == []) == (domain in (None, article))
    assert main(["check", str(made.file), "--dismiss", str(made.out)]) == 0
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (first["issues"] == []) == (domain in (None, "news"))
    assert made.build(PAIRS) == 0
    assert (made.rows()["Two million people came."]["issues"] == []) == counts
    made.decide(("dismiss", {"issue": "number", "domain": domain, "on": False}))
    assert made.build(PAIRS) == 0
    assert made.rows()["Two million people came."]["issues"]


def test_a_false_alarm_of_a_pair_is_false_in_checks_and_reports(made: Set) -> None:
    made.decide(("alarm", {"bead": made.key(0), "issue": "number: *", "verdict": "false"}))
    (shown,) = standing([made.story()], dismissals(made.out))
    assert shown.sentences[0]["issues"] == []
    assert shown.sentences[0]["quality"] > 0.5
    assert shown.sentences[2]["issues"]
    assert FalseAlarms(made.out).of(f"{made.story().id}-s0001") is not None
    assert FalseAlarms(made.file).of() is None


def test_decisions_on_a_corrected_text_are_found_in_it_and_obeyed_again(tmp_path: Path) -> None:
    hi, en, out = tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "set"
    hi.write_text(hindi(), encoding="utf-8")
    en.write_text(english(), encoding="utf-8")
    build = ["build", str(hi), str(en), "-o", str(out), "--id", "village"]
    assert main(build) == 0
    (story,) = stored_stories(out)
    row = next(row for row in story.sentences if "दो हज़ार" in row["translation"]["hi"])
    start = row["hi_span"][0]
    old = row["translation"]["hi"].partition("।")[0] + "।"
    new = "किसानों ने सड़क के दोनों किनारे दो हज़ार पेड़ लगाए।"
    items: list[tuple[str, str, dict[str, Any]]] = [
        ("village", "text", {"lang": "hi", "span": [start, start + len(old)], "text": new}),
        ("village", "judge", {"bead": row_key(row), "verdict": "accepted"}),
    ]
    first = text_digest(story.article["hi"], story.article["en"])
    with Store(out / "review.sqlite") as store:
        store.keep_text(first, story.article["hi"], story.article["en"])
        store.add(items, who="asha", digests={"village": first})
    assert main(build) == 0
    (story,) = stored_stories(out)
    row = next(row for row in story.sentences if "दोनों किनारे" in row["translation"]["hi"])
    assert row["score"] == 1.0
    with Store(out / "review.sqlite") as store:
        found, gone = placed(store.decisions(), store.text, story.article["hi"], story.article["en"])
        assert gone == []
        assert fold(found).verdict(row_key(row)) == "accepted"
        second = text_digest(story.article["hi"], story.article["en"])
        store.keep_text(second, story.article["hi"], story.article["en"])
        store.add(
            [("village", "judge", {"bead": row_key(row), "verdict": "rejected"})], who="b", digests={"village": second}
        )
    assert main(build) == 0
    assert not any("दोनों किनारे" in row["translation"]["hi"] for row in stored_rows(out))
    assert json.loads((out / "metrics.json").read_text(encoding="utf-8"))["decisions"]["unfit"] == 0


def test_what_was_judged_is_read_to_learn_from(made: Set, tmp_path: Path) -> None:
    items: list[tuple[str, dict[str, Any]]] = [
        ("judge", {"bead": made.key(0), "verdict": "rejected"}),
        ("judge", {"bead": made.key(1), "verdict": "accepted"}),
        ("alarm", {"bead": made.key(0), "issue": "number: *", "verdict": "right"}),
        ("missed", {"bead": made.key(1), "issue": "name", "lang": "en", "span": [29, 34], "note": "which"}),
    ]
    made.decide(*items)
    story = made.story()
    folder = tmp_path / "gold"
    assert main(["review", str(made.out), "--export-gold", str(folder)]) == 0
    decided = read_decided([folder / "judgements.jsonl"])
    assert decided.pairs == ((*PAIRS[0], -1.5), (*PAIRS[1], 1.0))
    assert decided.alarms == (Alarm(*PAIRS[0], "number", "right"), Alarm(*PAIRS[1], "name", "missed"))
    assert made.build(PAIRS) == 0
    made.decide(("alarm", {"bead": made.key(1), "issue": "date: *", "verdict": "false"}))
    assert made.build(PAIRS) == 0
    assert main(["review", str(made.out), "--export-gold", str(folder)]) == 0
    again = read_decided([folder / "judgements.jsonl"]).alarms
    assert Alarm(*PAIRS[2], "date", "false") in again, "also when the build has dropped it"
    state = fold(Decision(k, "t", "asha", "", kind, data, "", "") for k, (kind, data) in enumerate(items))
    (missed,) = (row for row in judgements(story, state) if row["verdict"] == "missed")
    assert PAIRS[1][1][slice(*missed["en_span"])] == "river"


@pytest.mark.parametrize(("false", "right", "kinds"), [(30, 0, ["name"]), (9, 0, []), (30, 8, []), (95, 5, ["name"])])
def test_a_kind_is_mostly_false_when_enough_say_so(false: int, right: int, kinds: list[str]) -> None:
    alarms = [Alarm("", "", "name", verdict) for verdict in ["false"] * false + ["right"] * right]
    assert mostly_false(alarms) == kinds
