"""What is left over when each word renders one word or phrase: kernels against plain Python, and cases to read."""

import math
import random
from collections.abc import Sequence

import numpy as np
import pytest

from tithi.checks.model import models
from tithi.encoder import load
from tithi.encoder.protocol import SumEncoder
from tithi.errors import DataError
from tithi.evidence import renderings as module
from tithi.evidence.claims import LONGEST, phrase_keys
from tithi.evidence.coverage import WordVectors, cover_all
from tithi.evidence.gaps import find_all_gaps
from tithi.evidence.lexicon import SURE, lexicon, rows_of
from tithi.evidence.pair import read_pair
from tithi.evidence.renderings import LeftOver, renderings

#: Faithful pairs, and what is said once more on one side.
TWICE = [
    ("पुल टूट गया", "The bridge broke", "पुल टूट गया और पुल टूट गया", "The bridge broke"),
    ("पानी और दूध", "water and milk", "पानी और दूध", "water and milk and water"),
    ("सरकार ने कहा", "The government said", "सरकार ने कहा, सरकार ने कहा", "The government said"),
    ("बच्चे स्कूल जाते हैं", "The children go to school", "बच्चे स्कूल जाते हैं", "The children of the school go to school"),
    ("भारत के लोग", "the people of India", "भारत के लोग", "the people of India, the people of India"),
    ("नई किताब", "a new book", "नई किताब, नई किताब", "a new book"),
    ("फ़िल्म अच्छी थी", "The film was good", "फ़िल्म अच्छी थी", "The film was good, the film was good"),
    ("वह घर गया", "He went home", "वह घर गया, वह घर गया", "He went home"),
]


def told(*pairs: tuple[str, str]) -> list[tuple[LeftOver, LeftOver]]:
    encoder = load()
    assert isinstance(encoder, SumEncoder)
    read = [read_pair(hi, en) for hi, en in pairs]
    covered = cover_all([(pair.hi_words.texts, pair.en_words.texts) for pair in read], WordVectors(encoder))
    both = [(pair, coverage) for pair, coverage in zip(read, covered, strict=True) if coverage is not None]
    return [(gaps.hi_left, gaps.en_left) for gaps in find_all_gaps(both, models().words)]


@pytest.mark.parametrize(("hi", "en", "hi_more", "en_more"), TWICE)
def test_what_is_said_twice_is_rendered_once(hi: str, en: str, hi_more: str, en_more: str) -> None:
    before, after = told((hi, en), (hi_more, en_more))
    more = 0 if hi != hi_more else 1
    assert after[more].left > before[more].left
    assert after[more].more_left > before[more].more_left
    assert after[more].stands > before[more].stands


def test_a_pair_is_told_alone_as_among_others() -> None:
    pairs = [pair for hi, en, hi_more, en_more in TWICE for pair in ((hi, en), (hi_more, en_more))]
    assert told(*pairs) == [told(pair)[0] for pair in pairs]


def test_texts_that_say_one_word_again_and_again() -> None:
    for pair in (("के " * 400, "of " * 400), ("के", "of " * 400), ("के " * 400, "of"), ("क", "x"), ("5 5 5", "5")):
        assert all(map(math.isfinite, [*told(pair)[0][0], *told(pair)[0][1]])), pair


def test_a_table_of_another_lexicon_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "digest", lambda: b"elsewhat")
    with pytest.raises(DataError, match=r"renderings\.npz: must be learnt for the lexicon that ships"):
        renderings.__wrapped__()


@pytest.mark.parametrize("side", ["hi", "en"])
def test_every_phrase_is_found_by_its_key(side: str) -> None:
    table = renderings()
    keys, slots = (table.hi_keys, table.hi_slots) if side == "hi" else (table.en_keys, table.en_slots)
    assert len(set(keys.tolist())) == len(keys)
    assert np.array_equal(np.sort(slots[slots >= 0]), np.arange(len(keys)))
    for number in range(0, len(keys), 997):
        at = int(keys[number]) & (len(slots) - 1)
        while slots[at] != number:
            assert slots[at] >= 0
            at = (at + 1) & (len(slots) - 1)


def test_claims_are_those_of_plain_python() -> None:
    rng = random.Random(5)
    words = {lang: list(lexicon().rows[lang])[:60] for lang in ("hi", "en")}
    for _ in range(60):
        hi, en = (" ".join(rng.choices(words[lang], k=rng.randint(1, 14))) for lang in ("hi", "en"))
        pair = read_pair(hi, en)
        bare = _bare(pair.hi_words.keys, pair.en_words.keys)
        for left, found, many in zip(told((hi, en))[0], (pair.hi_words, pair.en_words), bare, strict=True):
            assert round(left.bare_share * len(found)) == many, (hi, en)


def _bare(hi: Sequence[str], en: Sequence[str]) -> tuple[int, int]:
    """Return how many words of both sides nothing claims, the slow way."""
    from tithi.evidence.lexicon import answers

    table = renderings()
    _, rows = rows_of([(hi, en)])
    found = []
    for part, lang, keys in ((rows[: len(hi)], "hi", table.hi_keys), (rows[len(hi) :], "en", table.en_keys)):
        numbers = {int(key): number for number, key in enumerate(keys.tolist())}
        held = np.zeros((len(part), LONGEST), np.uint64)
        phrase_keys(part, len(lexicon().rows[lang]), held)  # type: ignore[index]
        found.append(
            [
                (i, i + size, numbers[int(held[i, size]) >> 32])
                for i in range(len(part))
                for size in range(LONGEST)
                if held[i, size] and int(held[i, size]) >> 32 in numbers
            ]
        )
    claims = []
    for i, last, number in found[0]:
        for entry in range(table.starts[number], table.starts[number + 1]):
            # Of places of one phrase the last is met first.
            there = [(j, end) for j, end, other in found[1] if other == table.entries[entry]]
            claims += [(i, last, j, end, float(table.chances[entry])) for j, end in reversed(there)]
    best = np.zeros((len(hi), len(en)))
    for i, last, j, end, chance in claims:
        best[i : last + 1, j : end + 1] = np.maximum(best[i : last + 1, j : end + 1], chance)
    taken = [level == SURE for level in answers(hi, en)[0]], [level == SURE for level in answers(hi, en)[1]]
    hi_taken, en_taken = [False] * len(hi), [False] * len(en)
    for i, last, j, end, _ in sorted(claims, key=lambda claim: -_step(claim, best)):
        if not any(hi_taken[i : last + 1]) and not any(en_taken[j : end + 1]):
            hi_taken[i : last + 1] = [True] * (last + 1 - i)
            en_taken[j : end + 1] = [True] * (end + 1 - j)
    both = zip((hi_taken, en_taken), taken, strict=True)
    hi_bare, en_bare = (sum(not (a or b) for a, b in zip(claimed, sure, strict=True)) for claimed, sure in both)
    return hi_bare, en_bare


def _step(claim: tuple[int, int, int, int, float], best: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> int:
    i, last, j, end, chance = claim
    rows = [at for at in range(max(0, i - 2), min(len(best), last + 3)) if not i <= at <= last]
    columns = [to for to in range(max(0, j - 4), min(best.shape[1], end + 5)) if not j <= to <= end]
    near = sum(max((float(best[at, to]) for to in columns), default=0.0) for at in rows)
    strength = chance * float(last - i + end - j + 2) ** 0.5 * (1.0 - 0.6 + 0.6 * near / max(len(rows), 1))
    return min(int(strength * 100), 255)
