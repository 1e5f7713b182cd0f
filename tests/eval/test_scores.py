"""MT figures: equal to sacrebleu where it is right, and unlike it where it is not."""

import shlex
import sys
import unicodedata

import pytest
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from tithi.errors import DataError, UsageError
from tithi.eval.command import run_command
from tithi.eval.scores import mt_figures, normalise
from tithi.eval.significance import paired_significance

HI = [
    "नदी का पानी रात भर बढ़ता रहा।",
    "यह पुल 1962।",
    "सड़क पर तीन ट्रक खड़े थे, और कोई नहीं बोला।",
    "“कल आना।” उसने कहा।",
]
EN = [
    "The river rose all night.",
    "The bridge dates from 1962.",
    "Three lorries stood on the road.",
    "Come tomorrow, she said.",
]


@pytest.mark.parametrize("variant", [lambda s: s.replace("।", " ।"), lambda s: s.replace("।", " । ")])
def test_an_attached_danda_scores_as_a_separate_one(variant: object) -> None:
    assert callable(variant)
    figures = mt_figures([variant(s) for s in HI], HI, "hi", samples=0)
    assert figures.bleu.score == pytest.approx(100)
    assert figures.chrf.score == pytest.approx(100)
    assert figures.ter.score == 0
    assert BLEU(tokenize="13a").corpus_score([variant(s) for s in HI], [HI]).score < 90


def test_composed_and_decomposed_nukta_are_the_same() -> None:
    # Unicode excludes U+095C from composition: both spellings have the same NFC, the decomposed one.
    together = [s.replace("\u0921\u093c", "\u095c").replace("\u0922\u093c", "\u095d") for s in HI]
    apart = [unicodedata.normalize("NFD", s) for s in together]
    assert apart != together
    figures = mt_figures(apart, together, "hi", samples=0)
    assert figures.chrf.score == pytest.approx(100)
    assert "norm:nfc,indicnlp-" in figures.bleu.signature
    assert "tok:none" in figures.bleu.signature


def test_english_equals_sacrebleu_itself() -> None:
    system = [
        "The river rose at night.",
        "The bridge is from 1962.",
        "Three trucks stood on the road.",
        "Come tomorrow, she said.",
    ]
    figures = mt_figures(system, EN, "en", samples=50)
    assert figures.bleu.score == pytest.approx(BLEU(tokenize="13a").corpus_score(system, [EN]).score)
    assert figures.chrf.score == pytest.approx(CHRF(word_order=2).corpus_score(system, [EN]).score)
    for score in (figures.bleu, figures.chrf, figures.ter):
        assert score.interval is not None
        assert score.interval[0] < score.interval[1]
        assert "bs:50" in score.signature
        assert "norm:nfc" in score.signature
    assert figures.bleu.name in figures.table()
    assert figures.to_dict()["lines"] == 4


def test_lengths_are_checked() -> None:
    with pytest.raises(DataError, match="got 5 lines for 4"):
        mt_figures([*EN, "One more."], EN, "en")
    with pytest.raises(DataError, match="got none"):
        mt_figures([], [], "en")


def test_normalise() -> None:
    assert normalise(" राम\tआया।\n", "hi") == "राम आया ।"
    assert normalise("a।b", "en") == "a।b"


def python(code: str) -> str:
    return shlex.join([sys.executable, "-c", code])


def test_a_command_translates_line_by_line() -> None:
    upper = "import sys\nfor line in sys.stdin: print(line.rstrip().upper())"
    assert run_command(python(upper), ["a\nb\u2028c", "", "d "]) == ["A B C", "", "D"]
    assert run_command(python("pass"), []) == []


COMMANDS = [
    (python("print('one')"), DataError, "got 1 for 2"),
    (python("import sys; sys.exit('no model here')"), DataError, "got 1 and stderr 'no model here'"),
    (python("import sys; sys.stdout.buffer.write(b'\\xff\\n\\n')"), DataError, "must write UTF-8"),
    (python("import time; time.sleep(60)"), DataError, "must end within"),
    ("no-such-program-of-ours", UsageError, "cannot start"),
    ("a 'b", UsageError, "check its quotes"),
    ("  ", UsageError, "a command is needed"),
]


@pytest.mark.parametrize(("command", "error", "message"), COMMANDS)
def test_a_command_that_misbehaves(command: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        run_command(command, ["एक", "दो"], timeout=1 if "sleep" in command else 60)


def test_two_systems_are_told_apart() -> None:
    reference = [
        f"The {word} river rose by {i} metres in the night." for i, word in enumerate(["wide", "old", "cold"] * 8)
    ]
    worse = [
        line.replace("rose", "fell").replace("night", "day") if i % 2 else line for i, line in enumerate(reference)
    ]
    scores = paired_significance({"base": worse, "same": worse, "better": reference}, reference, "en", samples=100)
    by_name = {(s.metric, s.system): s for s in scores}
    assert by_name["BLEU", "base"].p_value is None
    assert by_name["BLEU", "better"].score == pytest.approx(100)
    assert (by_name["BLEU", "better"].p_value or 0) < 0.05
    assert (by_name["chrF2++", "same"].p_value or 0) > 0.5
    with pytest.raises(DataError, match="at least two systems"):
        paired_significance({"one": worse}, reference, "en")
    with pytest.raises(DataError, match="got 1 lines for 24"):
        paired_significance({"one": worse, "two": worse[:1]}, reference, "en")


INTERVALS = [
    # One line of two is right: half of the draws are near an end of the scale.
    (["The river rose all night.", "Nothing at all."], EN[:2]),
    (["Nothing.", "Nothing at all, none."], EN[:2]),
    (EN, EN),
    (EN[:1], EN[:1]),
    ([EN[0], "", EN[2], ""], EN),
]


@pytest.mark.parametrize(("system", "reference"), INTERVALS)
def test_an_interval_stays_on_the_scale(system: list[str], reference: list[str]) -> None:
    figures = mt_figures(system, reference, "en", samples=200)
    for score in (figures.bleu, figures.spbleu, figures.chrf, figures.ter):
        low, high = score.interval or (-1.0, -1.0)
        assert 0 <= low <= high, score
        assert high <= 100 + 1e-9 or score.name == "TER", score


def test_an_interval_holds_the_middle_of_the_draws() -> None:
    lines, reference = EN * 5, [*EN[:2], "Three trucks stopped here today.", EN[3]] * 5
    figures = mt_figures(lines, reference, "en", samples=400)
    for score in (figures.bleu, figures.chrf):
        assert score.interval is not None
        assert score.interval[0] < score.score < score.interval[1]
    first, second = (mt_figures(lines, reference, "en", samples=50).bleu for _ in range(2))
    assert first == second
