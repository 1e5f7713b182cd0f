"""Checks of whole pairs with the shipped encoder and models, files of pairs, and article-level omissions."""

import gc
import json
from collections.abc import Sequence
from importlib.resources import files

import numpy as np
import pytest

from tithi.checks.checker import Checker, check_pair, check_pairs
from tithi.checks.features import PairFeatures
from tithi.checks.lacking import lacking
from tithi.checks.model import models
from tithi.checks.sides import SideFeatures
from tithi.checks.summary import Summary, report_line
from tithi.encoder import load
from tithi.encoder.model import read_model, shipped_model
from tithi.encoder.protocol import FloatArray
from tithi.errors import DataError, UsageError
from tithi.evidence.alike import alike_texts
from tithi.evidence.coverage import WordVectors, cover
from tithi.evidence.gaps import find_gaps
from tithi.evidence.pair import read_pair
from tithi.records import (
    Alignment,
    Article,
    Bead,
    Document,
    Issue,
    Lang,
    Quality,
    Segment,
    SegmentLink,
    Sentence,
    Source,
)

FAITHFUL = [
    (
        "नदी का पानी रात भर बढ़ता रहा और सुबह तक गाँव में घुस गया।",
        "The river rose all night and by morning was in the village.",
    ),
    (
        "सरकार ने किसानों को 500 रुपये प्रति एकड़ देने का वादा किया।",
        "The government promised farmers 500 rupees per acre.",
    ),
    ("डॉक्टरों ने कहा कि मरीज़ अब खतरे से बाहर है।", "The doctors said that the patient was now out of danger."),
    ("प्रधानमंत्री मंगलवार को जापान की यात्रा पर जाएँगे।", "The Prime Minister will travel to Japan on Tuesday."),
]


def test_faithful_pairs_are_trusted() -> None:
    for (hi, en), quality in zip(FAITHFUL, check_pairs(FAITHFUL), strict=True):
        assert quality.issues == (), (hi, en, quality.issues)
        assert quality.quality is not None
        assert quality.quality > 0.5


def test_another_sentence_is_not() -> None:
    swapped = [(hi, FAITHFUL[i - 1][1]) for i, (hi, _) in enumerate(FAITHFUL)]
    assert all((quality.quality or 0) < 0.5 for quality in check_pairs(swapped))


SHORT = [
    ("दस लाख लोग आए।", "One million people came.", "Two million people came."),
    ("चार बच्चे आए।", "Four children came.", "Five children came."),
    ("इस काम पर ₹40 लगे।", "The work cost ₹40.", "The work cost ₹90."),
    ("बैठक 5 मार्च को हुई।", "The meeting was on 5 March.", "The meeting was on 6 March."),
    ("पिछले साल बाढ़ आई थी।", "There was a flood last year.", "There was a flood last month."),
    ("चाय के दाम बढ़े।", "Tea prices rose.", "Tea prices fell."),
    ("उत्तर कोरिया ने मिसाइल दागी।", "North Korea fired a missile.", "South Korea fired a missile."),
]


def test_a_wrong_number_date_or_opposite_sinks_a_short_pair() -> None:
    right = check_pairs((hi, en) for hi, en, _ in SHORT)
    wrong = check_pairs((hi, en) for hi, _, en in SHORT)
    for case, good, bad in zip(SHORT, right, wrong, strict=True):
        assert good.issues == (), case
        assert (good.quality or 0) > 0.9, case
        assert (bad.quality or 0) < 0.5, case


def test_names_that_sound_alike_are_told_once() -> None:
    for hi, en in (("ईरान ने बयान दिया।", "Iraq issued a statement."), ("वह नाइजर गया।", "He went to Nigeria.")):
        assert [issue.kind for issue in check_pair(hi, en).issues] == ["name"]


def test_a_contrast_shows_whole_phrases() -> None:
    hi, en = "मेले में पिछले साल भीड़ थी।", "The fair was crowded last month."
    (issue,) = check_pair(hi, en).issues
    assert issue.hi is not None
    assert issue.en is not None
    assert (issue.kind, hi[slice(*issue.hi)], en[slice(*issue.en)]) == ("date", "पिछले साल", "last month")


def test_an_added_clause_is_named() -> None:
    hi, en = FAITHFUL[2]
    longer = en[:-1] + ", while three of his relatives were still being looked for in the rubble of the hotel."
    quality = check_pair(hi, longer)
    (issue,) = [issue for issue in quality.issues if issue.kind == "addition"]
    assert issue.en is not None
    assert "relatives" in longer[slice(*issue.en)]


def test_one_by_one_equals_in_batches() -> None:
    checker = Checker()
    assert list(check_pairs(FAITHFUL)) == [checker.check(hi, en) for hi, en in FAITHFUL]


ONE_SIDED = [("", "Some words.", ["addition"]), ("कुछ शब्द।", "...", ["omission"]), ("", "", [])]


def test_a_batch_leaves_the_garbage_collector_as_it_was() -> None:
    checks = check_pairs(FAITHFUL)
    next(checks)
    assert gc.isenabled()
    gc.disable()
    try:
        check_pair(*FAITHFUL[0])
        assert not gc.isenabled()
    finally:
        gc.enable()
    with pytest.raises(DataError):
        check_pair("क" * 30_000, "k")
    assert gc.isenabled()


@pytest.mark.parametrize(("hi", "en", "kinds"), ONE_SIDED)
def test_sides_without_words(hi: str, en: str, kinds: list[str]) -> None:
    quality = check_pair(hi, en)
    assert quality.quality == (0.0 if kinds else None)
    assert [issue.kind for issue in quality.issues if issue.kind in ("omission", "addition")] == kinds


def test_a_huge_pair_is_refused() -> None:
    with pytest.raises(DataError, match="at most 20000 characters; got 20001"):
        check_pair("क" * 20_001, "a")
    assert check_pair("क " * 9_000, "a " * 9_000).quality is not None
    assert check_pair("आधा 5 किमी " * 1_500, "half 7 miles " * 1_500).quality is not None


class _Axes:
    """An encoder in which each word is an axis, the same for `w0` and `व0`."""

    name = "axes"
    dim = 64

    def sums(self, texts: Sequence[str], lang: Lang) -> FloatArray:
        assert lang in ("hi", "en")
        rows = np.zeros((len(texts), self.dim), np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[int(text[1:])] = 1.0
        return rows

    def encode(self, texts: Sequence[str], lang: Lang) -> FloatArray:
        return self.sums(texts, lang)


def axis_words(numbers: list[int], letter: str) -> list[str]:
    return [f"{letter}{n}" for n in numbers]


def test_the_stretch_is_what_the_other_side_lacks() -> None:
    vectors = WordVectors(_Axes(), limit=40)
    for start in (0, 4, 10):
        whole = list(range(16))
        rest = whole[:start] + whole[start + 6 :]
        coverage = cover(axis_words(whole, "a"), axis_words(rest, "b"), vectors)
        assert coverage is not None
        assert coverage.hi.stretch == (start, start + 6)
        assert coverage.similarity + coverage.hi.gain == pytest.approx(1.0, abs=1e-5)
        assert coverage.hi.covered == pytest.approx(10 / 16)
        assert coverage.en.covered == pytest.approx(1.0)


def test_the_best_stretch_equals_brute_force() -> None:
    class Random(_Axes):
        table = np.random.default_rng(5).normal(size=(30, 64)).astype(np.float32)

        def sums(self, texts: Sequence[str], lang: Lang) -> FloatArray:
            assert lang in ("hi", "en")
            rows: FloatArray = self.table[[int(text[1:]) for text in texts]]
            return rows

    random = Random()
    coverage = cover(axis_words(list(range(14)), "a"), axis_words(list(range(8, 20)), "b"), WordVectors(random))
    assert coverage is not None
    hi, en = random.table[:14], random.table[8:20].sum(axis=0)

    def cosine(rest: FloatArray) -> float:
        return float(rest @ en / np.linalg.norm(rest) / np.linalg.norm(en))

    best = max(
        cosine(hi.sum(axis=0) - hi[a:b].sum(axis=0)) for a in range(14) for b in range(a + 4, min(14, a + 10) + 1)
    )
    assert coverage.hi.gain == pytest.approx(best - cosine(hi.sum(axis=0)), abs=1e-5)


def test_models_fit_their_features() -> None:
    shipped = models()
    for logistic, features in (
        (shipped.stretch, SideFeatures._fields),
        (shipped.related, PairFeatures._fields),
        (shipped.sound, PairFeatures._fields),
    ):
        assert len(logistic.mean) == len(logistic.scale) == len(logistic.weights) == len(features)
    assert "training.quality" in shipped.card["command"]


@pytest.mark.parametrize("change", ["renamed", "exchanged", "missing"])
def test_models_of_other_features_are_refused(change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = json.loads(files("tithi.checks").joinpath("model.json").read_text(encoding="utf-8"))
    names = stored["related"]["features"]
    if change == "exchanged":
        names[0], names[1] = names[1], names[0]
    else:
        names[:1] = ["likeness"] if change == "renamed" else []
    monkeypatch.setattr(json, "loads", lambda _: stored)
    with pytest.raises(DataError, match="related must have the features of the code"):
        models.__wrapped__()


def test_another_encoder_is_refused() -> None:
    with pytest.raises(UsageError, match="got axes; leave the encoder out"):
        Checker(_Axes())
    assert Checker(load()).check(*FAITHFUL[0]) == check_pair(*FAITHFUL[0])


def test_models_fit_the_encoder_that_ships() -> None:
    assert models().encoder == load().name, "learn the models again: python -m training.quality"


def test_reports_and_summaries() -> None:
    quality = Quality(0.25, (Issue("number", "error", (0, 2), None, "14 is not in the English", 0.8),), 0.75)
    assert json.loads(report_line(7, quality)) == {
        "line": 7,
        "quality": 0.25,
        "adequacy": 0.75,
        "fluency": None,
        "issues": [
            {
                "kind": "number",
                "severity": "error",
                "hi": [0, 2],
                "en": None,
                "message": "14 is not in the English",
                "confidence": 0.8,
            }
        ],
    }
    summary = Summary()
    summary.add(quality)
    summary.add(Quality(0.75))
    assert summary.to_dict() == {
        "pairs": 2,
        "with_issues": 1,
        "quality_below_half": 1,
        "mean_quality": 0.5,
        "kinds": {"number": 1},
    }
    assert "number" in summary.table()


def document(lang: Lang, *texts: str) -> Document:
    sentences, start = [], 0
    for text in texts:
        sentences.append(Sentence(start, start + len(text), text))
        start += len(text) + 1
    whole = "\n".join(texts)
    return Document(
        Article(lang, whole, Source(lang)), (Segment(0, len(whole), None, None, (0, len(texts))),), tuple(sentences)
    )


def test_what_an_article_lacks() -> None:
    hi = document("hi", "पुल टूटा।", "5 मई 2021 को 14 लोग बचे।", "यह विज्ञापन है।")
    en = document("en", "The bridge broke.", "Ramesh saw it.")
    found = (
        Bead((0, 1), (0, 1), 0.9, None, 0),
        Bead((1, 2), (1, 1), 0.9, None, 0),
        Bead((2, 3), (1, 1), 0.9, None, 0),
        Bead((3, 3), (1, 2), 0.9, None, 0),
    )
    alignment = Alignment("a", hi, en, (SegmentLink((0,), (0,), "position"),), found)
    first, second = lacking(alignment)
    assert (first.lang, first.sentences, first.facts) == ("hi", (1, 3), ("5 मई 2021", "14"))
    assert hi.article.text[slice(*first.span)] == first.text == "5 मई 2021 को 14 लोग बचे।\nयह विज्ञापन है।"
    assert (second.lang, second.sentences, second.facts) == ("en", (1, 2), ("Ramesh",))
    assert second.to_dict()["span"] == [18, 32]
    assert (first.reason, first.rival) == (None, None)


def test_what_may_be_told_elsewhere_is_not_joined_to_what_is_lacking() -> None:
    hi, en = document("hi", "पुल टूटा।", "सब हँसे।", "वे घर गए।"), document("en", "The bridge broke.", "He laughed.")
    found = (
        Bead((0, 1), (0, 1), 0.9, None, 0),
        Bead((1, 2), (1, 1), 0.9, None, 0),
        Bead((2, 3), (1, 1), 0.3, None, 0, "several compete", rival=((1, 2), 0.2)),
        Bead((3, 3), (1, 2), 0.9, None, 0),
    )
    told = [
        (stretch.sentences, stretch.reason, stretch.rival)
        for stretch in lacking(Alignment("a", hi, en, (SegmentLink((0,), (0,), "position"),), found))
    ]
    assert told == [((1, 2), None, None), ((2, 3), "several compete", "He laughed."), ((1, 2), None, None)]


def test_words_share_vectors_across_a_reset() -> None:
    vectors = WordVectors(_Axes(), limit=3)
    for hi, en in (["a1", "a2"], ["a2"]), (["a5", "a6", "a7"], ["a8"]), (["a1", "a2"], ["a5", "a1"]):
        hi_places, en_places = vectors.place(hi, en)
        for texts, places in ((hi, hi_places), (en, en_places)):
            assert vectors.rows[places].argmax(axis=1).tolist() == [int(text[1:]) for text in texts]


def test_the_worst_gap_is_what_was_put_in() -> None:
    pairs = (
        ("पुल टूट गया और तीन ट्रक नदी में गिर गए।", "The bridge broke.", "hi", "ट्रक नदी में गिर"),
        ("पुल टूट गया।", "The bridge broke and three trucks fell into the river.", "en", "trucks fell into the river"),
    )
    weights = models().words
    vectors = WordVectors(read_model(shipped_model()))
    for hi, en, lang, missing in pairs:
        pair = read_pair(hi, en)
        coverage = cover(*alike_texts(pair), vectors)
        assert coverage is not None
        gaps = find_gaps(pair, coverage, weights)
        gap, words = (gaps.hi, pair.hi_words) if lang == "hi" else (gaps.en, pair.en_words)
        start, stop = words.between(gap.first, gap.stop)
        assert missing in words.source[start:stop]
        assert gap.loose >= gap.strict > 0
        # The same bits, whatever was asked before.
        assert find_gaps(pair, coverage, weights) == gaps


def test_nothing_is_a_gap_in_a_text_against_itself() -> None:
    text = "पुल टूट गया और तीन ट्रक नदी में गिर गए"
    pair = read_pair(text, text)
    coverage = cover(*alike_texts(pair), WordVectors(read_model(shipped_model())))
    assert coverage is not None
    assert find_gaps(pair, coverage, models().words).hi.strict == 0
