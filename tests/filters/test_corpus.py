"""What comes again: exact and near duplicates, boilerplate, test sets; first come, first kept."""

import random

import pytest

from tithi.corpus.leaks import sentence_key
from tithi.filters.keys import Keys
from tithi.filters.near import NearDuplicates
from tithi.filters.recurring import Corpus, boilerplate
from tithi.filters.verdict import Row
from tithi.records import TextPair

LONG_HI = "समिति ने सोमवार को कहा कि वह बारिश शुरू होने से पहले नए पुल की योजना पर फिर से विचार करेगी।"
LONG_EN = "The committee said on Monday that it would look again at the plan of the new bridge before the rains begin."
FIRST = ("नदी में पानी बढ़ रहा है।", "The water in the river is rising.")
AGAIN = [
    (FIRST, FIRST, "duplicate"),
    (FIRST, ("नदी में पानी बढ़ रहा है!", "the water in the river is RISING"), "duplicate"),
    (("फ़रवरी में मेला", "The fair in February"), ("फ़रवरी में मेला", "The fair in February"), "duplicate"),
    (("१२ लोग आए", "12 people came"), ("12 लोग आए", "12 people came"), "duplicate"),
    ((LONG_HI, LONG_EN), (f"और {LONG_HI}", f"And {LONG_EN}"), "near-duplicate"),
    ((LONG_HI, LONG_EN), (LONG_HI.replace("नए", ""), LONG_EN.replace("new ", "")), "near-duplicate"),
    (FIRST, ("नदी में पानी घट रहा है।", "The water in the river is falling."), None),
    (FIRST, (FIRST[0], "The river's water is on the rise, people say."), None),
    (("फ़ाइल खोलें", "Open file"), ("फ़ाइलें खोलें", "Open files"), None),
    (("हाँ", "Yes"), ("हाँ जी", "Yes"), None),
]
THRESHOLDS = {"duplicate": 0.0, "near-duplicate": 0.8}


def row(pair: tuple[str, str], article: str = "a") -> Row:
    return Row(TextPair("t:1", *pair), "t", article)


@pytest.mark.parametrize(("first", "second", "wanted"), AGAIN)
def test_what_comes_again(first: tuple[str, str], second: tuple[str, str], wanted: str | None) -> None:
    corpus = Corpus(THRESHOLDS)
    assert corpus.verdict(row(first)) is None
    verdict = corpus.verdict(row(second))
    assert (verdict.filter if verdict else None) == wanted


def test_sentences_of_test_sets_are_kept_out() -> None:
    corpus = Corpus({}, excluded=frozenset({sentence_key("the water in the river is rising")}))
    verdict = corpus.verdict(row(FIRST))
    assert verdict is not None
    assert verdict.filter == "test-set"
    assert corpus.verdict(row((LONG_HI, LONG_EN))) is None


def test_boilerplate_is_what_stands_in_many_articles() -> None:
    line = ("यह भी पढ़ें: आज की बड़ी ख़बरें", "Also read: the big stories of the day")
    rows = [row(pair, str(n)) for n in range(6) for pair in (line, (f"{LONG_HI} {n}", f"{LONG_EN} {n}"), ("हाँ", "Yes"))]
    thresholds = {"boilerplate": 5.0}
    corpus = Corpus(thresholds, boilerplate(rows, thresholds))
    assert [corpus.verdict(one) is not None for one in rows] == [True, False, False] * 6
    few = rows[:15]
    corpus = Corpus(thresholds, boilerplate(few, thresholds))
    assert [corpus.verdict(one) for one in few] == [None] * 15
    # Where the corpus cannot be read before, a line goes once it has stood in enough articles.
    corpus = Corpus(thresholds)
    assert [corpus.verdict(one) is not None for one in rows] == [False] * 15 + [True, False, False]


def test_the_same_line_in_one_article_is_no_boilerplate() -> None:
    rows = [row(FIRST, "one")] * 50
    assert boilerplate(rows, {"boilerplate": 5.0}) == {}


def test_shares_are_near_those_counted() -> None:
    """Against brute force: MinHash of 48 bytes is off by .06 in the mean."""
    rng = random.Random(3)
    words = LONG_EN.split() * 4
    errors = []
    for _ in range(60):
        near = NearDuplicates(0.5)
        other = [word if rng.random() > 0.1 else "xyz" for word in words]
        first, second = " ".join(words), " ".join(other)
        near.closest(first)
        near.add()
        share, number = near.closest(second)
        runs = [{text[i : i + 5] for i in range(len(text) - 4)} for text in (first, second)]
        if number == 0:
            errors.append(abs(share - len(runs[0] & runs[1]) / len(runs[0] | runs[1])))
    assert len(errors) > 40
    assert sum(errors) / len(errors) < 0.08


def test_many_texts_are_found_again_after_the_tables_grow() -> None:
    near = NearDuplicates(0.5)
    texts = [
        f"{LONG_EN} number {n} of the list, told by {n * 7919} people in {n % 97} villages {n * n}" for n in range(9000)
    ]
    for text in texts:
        near.closest(text)
        near.add()
    assert [near.closest(texts[n])[0] for n in (0, 4095, 4096, 8999)] == [1.0] * 4
    assert near.closest(LONG_HI)[0] < 0.2
    assert near.closest("")[0] < 0.2


@pytest.mark.parametrize("share", [0.97, 0.85, 0.8, 0.5])
def test_no_text_that_has_more_in_common_is_missed(share: float) -> None:
    """Against brute force over everything that was added, with as many bands as the share asks for."""
    rng = random.Random(5)
    words = [f"{word}{n}" for word in LONG_EN.split() for n in range(9)]
    known = [" ".join(rng.choices(words, k=30)) for _ in range(500)]
    near = NearDuplicates(share)
    alone = []
    for text in known:
        near.closest(text)
        near.add()
        alone.append(NearDuplicates(0.0))
        alone[-1].closest(text)
        alone[-1].add()
    found = 0
    for text in rng.sample(known, 40):
        asked = " ".join(word if rng.random() > 0.02 else "xyz" for word in text.split())
        told = near.closest(asked)
        best = max((one.closest(asked)[0], -number) for number, one in enumerate(alone))
        if best[0] > share:
            assert told == (best[0], -best[1])
            found += 1
        else:
            assert told[0] <= share
    assert found > 5


def test_texts_of_one_pattern_are_met_in_linear_time_and_first_come() -> None:
    near = NearDuplicates(0.97)
    for _ in range(3000):
        near.closest(LONG_EN)
        near.add()
    assert near.closest(LONG_EN) == (1.0, 0)


def test_keys_are_numbered_as_a_dictionary_would() -> None:
    rng = random.Random(7)
    keys, known = Keys(), dict[int, int]()
    edges = [0, 1, 2**32, 2**63, 2**64 - 1]
    asked = edges + edges + [rng.getrandbits(64) for _ in range(20000)] + [n << 40 for n in range(5000)] * 2
    for key in asked:
        assert keys.number(key) == known.setdefault(key, len(known))
    assert len(keys) == len(known)
