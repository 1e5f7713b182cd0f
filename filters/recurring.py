"""Filters that need the whole corpus: test sets, boilerplate, pairs that come again. Memory holds hashes, no text."""

import hashlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from tithi.corpus.leaks import normal, sentence_key
from tithi.filters.judge import Thresholds
from tithi.filters.keys import Keys
from tithi.filters.near import NearDuplicates
from tithi.filters.verdict import Row, Verdict

__all__ = ["Corpus", "boilerplate"]

_WORDS: Final = 4
"""Fewer words come again in good prose and in every program: `Read more`, `Yes.`."""
_PARTS: Final = 5


def boilerplate(rows: Iterable[Row], thresholds: Thresholds) -> dict[int, int]:
    """Return the keys of the sides that stand in more articles than the threshold, and in how many each stands.

    Reads all rows once and keeps 13 bytes of each side of four words and more.
    """
    if "boilerplate" not in thresholds:
        return {}
    keys, articles = array("Q"), array("I")
    number, last = 0, ("", "")
    for row in rows:
        if (row.source, row.article) != last:
            number, last = number + 1, (row.source, row.article)
        for text in (row.pair.hi, row.pair.en):
            if len(normal(text).split()) >= _WORDS:
                keys.append(sentence_key(text))
                articles.append(number)
    return _recurring(keys, articles, thresholds["boilerplate"])


def _recurring(keys: "array[int]", articles: "array[int]", limit: float) -> dict[int, int]:
    """Count the articles of each key; a part of the keys at a time, by their first bits, so that little is copied."""
    import numpy as np

    if not keys:
        return {}
    told, places = np.frombuffer(keys, np.uint64), np.frombuffer(articles, np.uint32)
    parts = np.empty(len(told), np.uint8)
    np.right_shift(told, np.uint64(64 - _PARTS), out=parts, casting="unsafe")
    recurring: dict[int, int] = {}
    for part in range(1 << _PARTS):
        mine = np.flatnonzero(parts == part)
        different = np.unique(np.stack((told[mine], places[mine].astype(np.uint64)), 1), axis=0)
        found, counts = np.unique(different[:, 0], return_counts=True)
        recurring.update(zip(found[counts > limit].tolist(), counts[counts > limit].tolist(), strict=True))
    return recurring


class Corpus:
    """What was kept so far; asked of each row that other filters keep, in order.

    Args:
        thresholds: Which filters run.
        recurring: What `boilerplate` returned; None: articles are counted as they come, and a side is dropped when it
            has stood in more than the threshold before.
        excluded: Keys of the sentences of test sets, see `tithi.sources.excluded.read_excluded`.
    """

    def __init__(
        self,
        thresholds: Thresholds,
        recurring: Mapping[int, int] | None = None,
        excluded: frozenset[int] = frozenset(),
    ) -> None:
        self._thresholds = thresholds
        self._recurring = recurring
        self._met = Keys()
        self._counts, self._lasts = array("I"), array("Q")
        self._excluded = excluded
        self._seen = Keys()
        self._near = NearDuplicates(thresholds.get("near-duplicate", 1.0))

    def verdict(self, row: Row) -> Verdict | None:
        """Return why a row is dropped; None: it is kept, and those that come after are compared with it."""
        sides = (row.pair.hi, row.pair.en)
        if self._excluded or "boilerplate" in self._thresholds:
            keys = [sentence_key(text) for text in sides]
            if found := self._excluded.intersection(keys):
                return self._dropped("test-set", len(found), "sides of it stand in a test set")
            articles = self._articles(keys, row)
            if articles:
                return self._dropped("boilerplate", articles, "articles have a side of it")
        return self._again(sides)

    def _articles(self, keys: Sequence[int], row: Row) -> int:
        """Return in how many articles a side stands, 0 where that is within the threshold."""
        if self._recurring is not None:
            return max(self._recurring.get(key, 0) for key in keys)
        most = 0
        article = _hash(row.article)
        for key, text in zip(keys, (row.pair.hi, row.pair.en), strict=True):
            if len(text.split()) >= _WORDS:
                number = self._met.number(key)
                if number == len(self._counts):
                    self._counts.append(0)
                    self._lasts.append(article ^ 1)
                self._counts[number] += self._lasts[number] != article
                self._lasts[number] = article
                most = max(most, self._counts[number])
        return most if most > self._thresholds.get("boilerplate", most) else 0

    def _again(self, sides: tuple[str, str]) -> Verdict | None:
        both = "\n".join(map(normal, sides))
        if "duplicate" in self._thresholds:
            before = len(self._seen)
            if self._seen.number(_hash(both)) < before:
                return self._dropped("duplicate", 1, "pair before it has the same words")
        if "near-duplicate" in self._thresholds and min(len(side.split()) for side in both.split("\n")) >= _WORDS:
            share, number = self._near.closest(both)
            if number >= 0 and share > self._thresholds["near-duplicate"]:
                return self._dropped("near-duplicate", share, "of its letters in a row stand in a pair before it")
            self._near.add()
        return None

    def _dropped(self, name: str, score: float, reason: str) -> Verdict:
        return Verdict(name, score, self._thresholds.get(name, 0), reason)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())
