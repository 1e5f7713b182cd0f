"""Issues as error spans, and what the page on ACES says is covered."""

import json
import re
import sys
from pathlib import Path

import pytest

from benchmarks import aces
from tithi.checks.checker import KINDS, Checker
from tithi.checks.spans import annotated, error_spans, span_f1
from tithi.cli.main import main
from tithi.errors import DataError
from tithi.records import Issue, Quality

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/aces.md").read_text(encoding="utf-8")
STATES = {
    name: (state, told) for name, state, told in re.findall(r"^\| `(\S+)` \| (\w+) \| (.*) \|$", PAGE, re.MULTILINE)
}
EXAMPLES = [line.split("\t") for line in Path(__file__).with_name("aces.tsv").read_text(encoding="utf-8").splitlines()]


def test_the_page_lists_every_phenomenon_and_counts_them() -> None:
    assert len(STATES) == 68
    counts = [sum(state == wanted for state, _ in STATES.values()) for wanted in ("covered", "partly", "not")]
    assert f"{counts[0]} are covered, {counts[1]} partly, {counts[2]} not." in PAGE
    assert sum(counts) == 68
    for _, told in STATES.values():
        assert set(re.findall(r"`(\w+)`", told)) <= KINDS.keys()


def test_what_is_said_to_be_covered_has_examples() -> None:
    assert {name for name, *_ in EXAMPLES} == {name for name, (state, _) in STATES.items() if state != "not"}


@pytest.mark.parametrize(("name", "hi", "en", "kind"), EXAMPLES)
def test_an_example_is_told(name: str, hi: str, en: str, kind: str) -> None:
    assert f"`{kind}`" in STATES[name][1]
    issues = Checker().check(hi, en).issues
    told = {issue.kind for issue in issues if issue.severity != "hint" or "a hint" in STATES[name][1]}
    assert kind in told


@pytest.mark.parametrize(
    ("spans", "marked"),
    [
        ([], "दस लोग आए।"),
        ([(0, 2)], "<v>दस</v> लोग आए।"),
        ([(3, 6), (0, 2)], "<v>दस</v> <v>लोग</v> आए।"),
        ([(0, 4), (3, 6)], "<v>दस लोग</v> आए।"),
        ([(0, 6), (3, 6), (3, 4)], "<v>दस लोग</v> आए।"),
        ([(3, 3)], "दस लोग आए।"),
    ],
)
def test_spans_are_in_order_and_apart(spans: list[tuple[int, int]], marked: str) -> None:
    issues = [Issue("number", "error", span, None, "") for span in spans]
    quality = Quality(
        0.1, (*issues, Issue("tense", "hint", (7, 9), (0, 1), ""), Issue("omission", "error", None, (0, 3), ""))
    )
    assert annotated("दस लोग आए।", error_spans(quality, "hi")) == marked
    assert error_spans(quality, "en") == [(0, 3)]


@pytest.mark.parametrize(
    ("found", "gold", "f1"),
    [
        ([], [], 1),
        (["a"], [], 0),
        ([], ["a"], 0),
        (["a", "b"], ["a"], 2 / 3),
        (["a", "a"], ["a"], 1),
        (["a"], ["b"], 0),
    ],
)
def test_span_f1(found: list[str], gold: list[str], f1: float) -> None:
    assert span_f1(found, gold) == pytest.approx(f1)


def test_the_command_marks_the_translation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("दस लाख लोग आए।\tTwo million people came.\n", encoding="utf-8")
    for lang, marked, pair in (
        ("hi", "<v>दस लाख</v> लोग आए।", "en-hi"),
        ("en", "<v>Two million</v> people came.", "hi-en"),
    ):
        assert main(["check", str(path), "--format", "aces", "--translation", lang]) == 0
        told = json.loads(capsys.readouterr().out)
        assert (told["translation-annotated"], told["langpair"]) == (marked, pair)
        assert re.sub("</?v>", "", told["translation-annotated"]) == told["translation"]


def test_a_file_of_the_set_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {
        "source": "Two million people came.",
        "good-translation": "बीस लाख लोग आए।",
        "incorrect-translation": "दस लाख लोग आए।",
        "incorrect-translation-annotated": "<v>दस लाख</v> लोग आए।",
        "reference": "बीस लाख लोग आए थे।",
        "phenomena": "hallucination-number-level-1",
        "langpair": "en-hi",
    }
    path, out = tmp_path / "span_aces.jsonl", tmp_path / "out.tsv"
    path.write_text(
        "".join(json.dumps(row | {"langpair": pair}) + "\n" for pair in ("en-hi", "en-de")), encoding="utf-8"
    )
    (done,) = aces.judged(aces.read_aces(path), Checker())
    assert (done["apart"], done["told"], done["f1"]) == (True, True, 1.0)
    monkeypatch.setattr(sys, "argv", ["aces", str(path), "--predictions", str(out)])
    aces.main()
    assert re.search(r"hallucination-number-level-1 +1 +100.0% +100.0% +1.000", capsys.readouterr().out)
    head, line = (text.split("\t") for text in out.read_text(encoding="utf-8").splitlines())
    assert line[head.index("incorrect-translation-prediction")] == "<v>दस लाख</v> लोग आए।"
    assert line[head.index("good-translation-prediction")] == "बीस लाख लोग आए।"
    for text, told in (("{}\n", "must be a row of ACES"), (json.dumps(row | {"langpair": "en-de"}) + "\n", "got none")):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(DataError, match=told):
            aces.read_aces(path)
