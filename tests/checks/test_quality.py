"""What a quality below .5 means: an error or a doubt explains it, and no hint brings it about."""

import pytest

from tithi.checks.checker import Checker
from tithi.records import Quality
from training.edits import EDITS, NO_TRANSLATIONS, edit, no_translation
from training.made_errors import KINDS, spoil
from training.pairs import sample_pairs, short_pairs

Texts = list[tuple[str, str]]
FAITHFUL: Texts = [(pair.hi, pair.en) for pair in (*sample_pairs(), *short_pairs())]
"""Sentences of the sample articles and short pairs: 1,111 in all."""
UNEXPLAINED = [
    ("यह 90 के दशक की बात है।", "This was in the 1990s."),
    ("05/06/2020 को बैठक हुई।", "The meeting was held on June 5, 2020."),
    ("1 टेबलस्पून कसूरी मेथी", "1 tbsp Dried Fenugreek leaves"),
    ("दो-तीन दिन रुकिए।", "Wait for a couple of days."),
    ("कसूरी मेथी: एक परिचय", "Fenugreek: An Introduction"),
]
"""Faithful pairs that the vectors know badly and in which no rule finds a fault."""
UNRELATED = [
    ("क्या आपने खाना खा लिया?", "Please close the door."),
    ("शेयर बाज़ार में भारी गिरावट", "ISRO launched a new satellite."),
    ("सलमा ने अपनी किताब छपवाई।", "Why are you so sad?"),
    ("दादाजी रोज़ सुबह टहलते हैं।", "Be quiet and listen!"),
    ("2011 में जनगणना हुई थी।", "He earned money dishonestly."),
    ("कल शाम आँधी आई थी।", "Which book are you reading?"),
    ("तुमने तो कमाल कर दिया!", "My address has changed."),
]
"""Pairs of two matters, in which no stretch by itself is more than a hint."""


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker()


def made() -> Texts:
    """Return the faithful pairs, with one error of each kind, and what is no translation of them."""
    names = [("दिल्ली", "Delhi"), ("मोहन", "Mohan")]
    texts = [(spoilt.hi, spoilt.en) for kind in KINDS for _, spoilt in spoil(FAITHFUL, kind, names)[::4]]
    texts += [(spoilt.hi, spoilt.en) for kind in EDITS for _, spoilt in edit(FAITHFUL, kind)]
    texts += [(spoilt.hi, spoilt.en) for kind in NO_TRANSLATIONS for _, spoilt in no_translation(FAITHFUL, kind)[::8]]
    return [*FAITHFUL, *texts]


def is_unexplained(quality: Quality) -> bool:
    low = quality.quality is not None and quality.quality < 0.5
    return low and all(issue.severity == "hint" for issue in quality.issues)


def test_a_quality_below_a_half_is_explained_by_more_than_a_hint(checker: Checker) -> None:
    texts = made()
    found = [text for text, quality in zip(texts, checker.check_all(texts), strict=True) if is_unexplained(quality)]
    assert found == []


@pytest.mark.parametrize(("hi", "en"), UNEXPLAINED)
def test_what_no_rule_finds_fault_with_is_of_a_half_or_more(checker: Checker, hi: str, en: str) -> None:
    assert (checker.check(hi, en).quality or 0) >= 0.5


@pytest.mark.parametrize(("hi", "en"), UNRELATED)
def test_sides_that_nothing_joins_are_told(checker: Checker, hi: str, en: str) -> None:
    quality = checker.check(hi, en)
    assert (quality.quality or 0) < 0.05
    (told,) = [issue for issue in quality.issues if issue.severity != "hint"]
    assert told.severity == "error"
    assert told.confidence > 0.95


def test_an_error_is_what_brings_quality_down(checker: Checker) -> None:
    texts = made()[::3]
    for text, quality in zip(texts, checker.check_all(texts), strict=True):
        if any(issue.severity == "error" for issue in quality.issues):
            assert (quality.quality or 0) < 0.5, text


def test_a_hint_lowers_no_quality(checker: Checker) -> None:
    texts = made()[::3]
    before = list(checker.check_all(texts))
    hints = {
        (*text, issue.kind, issue.message)
        for text, quality in zip(texts, before, strict=True)
        for issue in quality.issues
        if issue.severity == "hint"
    }
    after = checker.check_all(texts, lambda hi, en, issue: (hi, en, issue.kind, issue.message) in hints)
    assert hints
    for text, with_hints, without in zip(texts, before, after, strict=True):
        assert (without.quality or 0) <= (with_hints.quality or 0) + 0.02, text
