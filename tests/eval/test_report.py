"""Reports on systems: spBLEU, groups of lines, what is broken, segments; and what they are read from."""

from pathlib import Path

import numpy as np
import pytest
from sacrebleu.metrics.bleu import BLEU

from tithi.errors import DataError
from tithi.eval.groups import date_group, length_group
from tithi.eval.items import MTItem, MTSystem, read_items, read_system, script_lang
from tithi.eval.pieces import read_pieces, shipped_pieces
from tithi.eval.report import evaluate, segment_rows
from tithi.eval.scores import group_score, mt_figures, segment_scores
from tithi.eval.significance import Mean, mean_score

ITEMS = [
    MTItem("a", "तीन ट्रक पुल पर खड़े थे।", "Three lorries stood on the bridge.", "2019-07"),
    MTItem("b", "बैठक 5 मई 2021 को हुई।", "The meeting was held on 5 May 2021.", "2021-05-05"),
    MTItem("c", "कोई नहीं आया।", "Nobody came.", None),
    MTItem("d", "तालाब का पानी साफ़ था।", "The water of the pond was clean.", "2019"),
]
GOOD = MTSystem("good", tuple(item.en for item in ITEMS))
BAD = MTSystem("bad", ("Four lorries stood on the bridge.", "The meeting was held on 6 May 2021.", "He came.", ""))


def test_spbleu_counts_pieces_of_the_shipped_model_and_says_which() -> None:
    pieces = shipped_pieces()
    system, reference = ["The ponds were cleaned."], ["The pond was cleaned."]
    score = mt_figures(system, reference, "en", samples=0, pieces=pieces).spbleu
    cut = pieces.cut(system), pieces.cut(reference)
    assert score.score == pytest.approx(BLEU(tokenize="none", force=True).corpus_score(cut[0], [cut[1]]).score)
    assert score.name == "spBLEU"
    assert f"|tok:spm-{pieces.digest}|" in score.signature
    assert "|case:folded|" in score.signature
    assert score.signature.endswith("|norm:nfc|lines:equal")


def test_spbleu_of_another_model(tmp_path: Path) -> None:
    import sentencepiece

    path = tmp_path / "small.model"
    with path.open("wb") as file:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter([item.en for item in ITEMS] * 3),
            model_writer=file,
            vocab_size=40,
            hard_vocab_limit=False,
            minloglevel=2,
        )
    pieces = read_pieces(path)
    assert pieces.digest != shipped_pieces().digest
    assert not pieces.folds_case
    shouted = [item.en.upper() for item in ITEMS]
    reference = [item.en for item in ITEMS]
    ours = mt_figures(shouted, reference, "en", samples=0, pieces=pieces).spbleu
    assert "|case:mixed|" in ours.signature
    assert ours.score < 20 < mt_figures(shouted, reference, "en", samples=0).spbleu.score


@pytest.mark.parametrize("content", [None, b"no model"])
def test_what_is_no_model_of_pieces(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "spm.model"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataError, match=r"spm\.model: must be a SentencePiece model"):
        read_pieces(path)


def test_groups_and_segments_are_scored_as_sacrebleu_scores_them() -> None:
    system, reference = list(BAD.lines[:3]), [item.en for item in ITEMS[:3]]
    bleu, chrf = group_score(system, reference, "en")
    figures = mt_figures(system, reference, "en", samples=0)
    assert (bleu, chrf) == pytest.approx((figures.bleu.score, figures.chrf.score))
    single = segment_scores(system, reference, "en")
    assert [score.ter for score in single] == pytest.approx([100 / 6, 100 / 7, 50], abs=3)
    assert single[0].bleu > single[2].bleu
    with pytest.raises(DataError, match="got 3 lines for 4"):
        segment_scores(system, [*reference, "One."], "en")


def test_a_report_tells_what_a_system_breaks() -> None:
    report = evaluate(ITEMS, [GOOD, BAD], "en", samples=50)
    good, bad = report.systems
    assert good.figures.bleu.score == pytest.approx(100)
    assert all(count.only_system == 0 for count in good.broken)
    broken = {count.kind: count for count in bad.broken}
    for kind in ("number", "date", "negation", "omission"):
        assert broken[kind].only_system == broken[kind].system == 1
        assert broken[kind].reference == 0
    assert bad.means["quality"].score < 0.5 < report.reference_quality.score
    assert good.means["quality"] == report.reference_quality
    assert {score.system for score in report.significance} == {"good", "bad"}


def test_groups_by_date_length_and_issue_hold_every_line() -> None:
    report = evaluate(ITEMS, [BAD], "en", samples=0)
    groups = report.systems[0].groups
    assert [(group.name, group.lines) for group in groups["date"]] == [("2019", 2), ("2021", 1), ("undated", 1)]
    assert [(group.name, group.lines) for group in groups["source words"]] == [("1-10", 4)]
    assert {"number", "date", "negation", "omission"} <= {group.name for group in groups["issue"]}
    assert report.significance == ()
    undated = [MTItem(item.id, item.hi, item.en) for item in ITEMS]
    assert "date" not in evaluate(undated, [BAD], "en", samples=0).systems[0].groups


def test_the_other_direction() -> None:
    system = MTSystem("hi", (*(item.hi for item in ITEMS[:3]), "तालाब का पानी 40 था।"))
    report = evaluate(ITEMS, [system], "hi", samples=0)
    assert report.to_dict()["direction"] == "en-hi"
    assert {count.kind for count in report.systems[0].broken if count.only_system} >= {"number"}
    assert "indicnlp" in report.systems[0].figures.spbleu.signature


def test_segments_are_rows_with_scores_and_issues() -> None:
    rows = list(segment_rows(evaluate(ITEMS, [GOOD, BAD], "en", samples=0), [GOOD, BAD]))
    assert [(row["system"], row["id"]) for row in rows] == [(s, i) for s in ("good", "bad") for i in "abcd"]
    assert rows[0]["bleu"] == 100
    issue = next(issue for issue in rows[5]["issues"] if issue["kind"] == "date")
    start, stop = issue["en"]
    assert BAD.lines[1][start:stop] == "6 May 2021"
    assert "comet" not in rows[0]
    assert all(0 <= rows[5][name] <= 1 for name in ("quality", "adequacy", "fluency"))


def test_a_mean_has_the_interval_that_a_plain_bootstrap_gives() -> None:
    lines = [0.1, 0.9, 0.4, 0.8, 0.95, 0.2, 0.7, 0.5]
    mean = mean_score(lines, samples=20_000)
    assert mean.score == pytest.approx(0.56875)
    assert mean.interval is not None
    # the variance of a drawn mean is that of the lines over their number; about normal at eight lines
    half = 1.96 * (np.var(lines) / len(lines)) ** 0.5
    assert mean.interval == pytest.approx((mean.score - half, mean.score + half), abs=0.02)
    assert mean_score(lines, samples=200) == mean_score(lines, samples=200)
    assert mean_score([0.5], samples=0) == Mean(0.5, None)
    assert mean_score([0.5], samples=100) == Mean(0.5, (0.5, 0.5))


def test_hindi_that_ends_in_full_stops_is_scored_without_a_word(caplog: pytest.LogCaptureFixture) -> None:
    lines = [f"कमरा {number} में पानी है." for number in range(120)]
    figures = mt_figures(lines, lines, "hi", samples=0)
    assert figures.bleu.score == pytest.approx(100)
    assert caplog.text == ""


def test_a_system_that_says_nothing_has_figures() -> None:
    silent = evaluate(ITEMS, [MTSystem("silent", ("",) * 4)], "en", samples=20).systems[0]
    assert (silent.figures.bleu.score, silent.figures.chrf.score, silent.figures.ter.score) == (0, 0, 100)
    assert silent.means["quality"] == Mean(0, (0, 0))
    assert {count.kind: count.only_system for count in silent.broken}["omission"] == 4


def test_tables_and_plain_data_say_the_same() -> None:
    report = evaluate(ITEMS, [GOOD, BAD], "en", samples=50)
    table, told = report.table(), report.to_dict()
    assert f"{told['systems'][1]['bleu']['score']:7.2f}" in table
    assert told["systems"][1]["bleu"]["signature"] in table
    assert "the baseline" in table
    assert "breaks" in table
    assert set(told["systems"][0]) >= {"bleu", "spbleu", "chrf", "ter", "comet", "quality", "broken", "groups"}
    quality = told["systems"][1]["quality"]
    assert f"quality {quality['score']:7.4f} [{quality['interval'][0]:.4f}, {quality['interval'][1]:.4f}]" in table
    assert set(told["systems"][0]) >= {"adequacy", "fluency"}


def test_systems_have_one_name_each_and_a_line_each() -> None:
    with pytest.raises(DataError, match="each system once; got good, good"):
        evaluate(ITEMS, [GOOD, GOOD], "en", samples=0)
    with pytest.raises(DataError, match="got 3 lines for 4"):
        evaluate(ITEMS, [MTSystem("short", BAD.lines[:3])], "en", samples=0)


@pytest.mark.parametrize(
    ("lines", "lang"),
    [(["नदियाँ", "GPS"], "hi"), (["The नदी", "is wide"], "en"), (["12", ""], None), (["१२ कि.मी."], "hi")],
)
def test_the_language_that_most_letters_are_of(lines: list[str], lang: str | None) -> None:
    assert script_lang(lines) == lang


@pytest.mark.parametrize(
    ("date", "group"),
    [("2000-07", "2000"), ("2006-10-14/2017-12-22", "2006"), ("-0322", "-0322"), (None, "undated"), ("", "undated")],
)
def test_groups_of_dates(date: str | None, group: str) -> None:
    assert date_group(date) == group


@pytest.mark.parametrize(("words", "group"), [(0, "1-10"), (10, "1-10"), (11, "11-20"), (50, "31-50"), (51, "51+")])
def test_groups_of_lengths(words: int, group: str) -> None:
    assert length_group("शब्द " * words) == group


def test_pairs_are_read_from_tsv(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("एक\tone\n\nदो\ttwo\n", encoding="utf-8")
    assert [(item.id, item.hi, item.en, item.date) for item in read_items(path)] == [
        ("1", "एक", "one", None),
        ("3", "दो", "two", None),
    ]
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"pairs\.tsv: sentence pairs are needed; got none"):
        read_items(path)


def test_lines_end_at_line_feeds_alone(tmp_path: Path) -> None:
    path = tmp_path / "system.en"
    path.write_bytes("one\u2028more\r\n\ntwo\x0c".encode())
    assert read_system(path, 3).lines == ("one\u2028more", "", "two\x0c")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"one\n", "must hold one line for each pair, 2; got 1"),
        (b"one\ntwo\nthree\n", "must hold one line for each pair, 2; got 3"),
        (b"", "got an empty file"),
        (b"\n", "must hold one line for each pair, 2; got 1"),
        (b"one\n\xff\xfetwo\n", "system.en:2: must be UTF-8; got byte 0xFF"),
        (b"one\n\0\n", "got a NUL character"),
        (None, "no such file"),
    ],
)
def test_translations_that_do_not_fit(tmp_path: Path, content: bytes | None, told: str) -> None:
    path = tmp_path / "system.en"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        read_system(path, 2)
    assert told in str(caught.value)
