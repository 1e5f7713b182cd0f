"""Sentences that must not stand on both sides of a split: how they are compared, grouped, found and kept out.

Two sentences are the same when their words are: case, punctuation, blanks, joiners (ZWJ, ZWNJ), the writing of a nukta
and of digits make no difference. Articles that share more than half of the sentences of one of them share a split. A
sentence that stands in many articles or is short (a heading, `Read more`) joins none: pairs that hold it are left out
of `train` where it stands in `validation` or `test`, and out of `validation` where it stands in `test`, so that what
is tested on stays as it is when the corpus grows.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tithi.corpus.buckets import Buckets
from tithi.records import Alignment, Bead, Document, Range
from tithi.script import ascii_digits

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "EXCLUDED",
    "LEAKS",
    "Leaks",
    "SentenceIndex",
    "normal",
    "pair_keys",
    "sentence_key",
    "sentence_keys",
]

EXCLUDED: Final = "a sentence of it is in an excluded file"
"""The reason that `unaligned` gives for a pair that was left out by `--exclude`."""
LEAKS: Final = "a sentence of it stands in validation or test"
"""The reason that `unaligned` gives for a pair that would leak."""
_WORD: Final = re.compile("[\\w\u0900-\u0963]+")
_JOINERS: Final = re.compile("[\u200c\u200d]")
_MAX_ARTICLES: Final = 20
_MIN_WORDS: Final = 4


def normal(text: str) -> str:
    """Return a sentence for comparing: `हाँ, १२ लोग।` is `हाँ 12 लोग`; a text without words is itself."""
    folded = unicodedata.normalize("NFC", ascii_digits(_JOINERS.sub("", text)).casefold())
    return " ".join(_WORD.findall(folded)) or folded.strip()


def sentence_key(text: str) -> int:
    """Return the first 64 bits of the SHA-256 of a sentence's normal form."""
    return _key(normal(text))


def pair_keys(alignment: Alignment, bead: Bead) -> set[int]:
    """Return the keys of the sentences of a pair, and of its two texts as a whole."""
    return set(_keys(alignment.hi, bead.hi)) | set(_keys(alignment.en, bead.en))


@dataclass(frozen=True, slots=True)
class Leaks:
    """The pairs that must not be in the split of their article, their numbers in the order added, and the counts."""

    pairs: "NDArray[np.uint32]"
    train: int
    validation: int


class SentenceIndex:
    """The sentences of all pairs by their keys, on disk in `folder` but for a few megabytes."""

    def __init__(self, folder: Path) -> None:
        import numpy as np

        kinds = [("key", np.uint64), ("pair", np.uint32), ("article", np.uint32), ("joins", np.bool_)]
        self._dtype = np.dtype(kinds)
        self._folder = folder
        self._rows = Buckets(folder / "sentences", self._dtype)
        self._articles = self._pairs = 0

    def add(self, pairs: int, keys: "NDArray[np.uint64]", of: "NDArray[np.int32]", joins: "NDArray[np.bool_]") -> None:
        """Add the next article of so many pairs; the others are as `sentence_keys` returns them.

        Raises:
            OSError: The disk is full.
        """
        import numpy as np

        rows = np.empty(len(keys), self._dtype)
        rows["key"], rows["joins"], rows["article"] = keys, joins, self._articles
        rows["pair"] = of + self._pairs
        self._rows.add(rows)
        self._articles += 1
        self._pairs += pairs

    def joined(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs of articles that share more than half of the sentences of the shorter one, on any side.

        Only sentences of four words or more that stand in at most twenty articles count.
        """
        import numpy as np

        sizes = np.zeros(self._articles, np.int64)
        shared = Buckets(self._folder / "shared", np.dtype([("key", np.uint64)]))
        for rows in self._rows:
            for group in _groups(rows[rows["joins"]]):
                np.add.at(sizes, group.ravel(), 1)
                low, high = np.triu_indices(group.shape[1], 1)
                found = np.empty(len(group) * len(low), [("key", np.uint64)])
                found["key"] = (group[:, low].astype(np.uint64) << np.uint64(32) | group[:, high]).ravel()
                shared.add(found)
        for rows in shared:
            keys, counts = np.unique(rows["key"], return_counts=True)
            low, high = (keys >> np.uint64(32)).astype(np.int64), (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)
            near = 2 * counts > np.minimum(sizes[low], sizes[high])
            yield from zip(low[near].tolist(), high[near].tolist(), strict=True)

    def leaks(self, ranks: "NDArray[np.int8]") -> Leaks:
        """Return the pairs to leave out, given for each article the place of its split in `SPLITS`."""
        import numpy as np

        out: tuple[list[NDArray[np.uint32]], ...] = ([], [])
        for rows in self._rows:
            rank = ranks[rows["article"]]
            for mine in (0, 1):
                at = rank == mine
                out[mine].append(rows["pair"][at][np.isin(rows["key"][at], rows["key"][rank > mine])])
        train, validation = (np.unique(np.concatenate(found)) for found in out)
        return Leaks(np.union1d(train, validation), len(train), len(validation))


def sentence_keys(alignment: Alignment) -> tuple[list[int], list[int], list[bool]]:
    """Return the keys of all sentences of the pairs, the number of the pair of each, and whether it joins articles."""
    keys: list[int] = []
    of: list[int] = []
    joins: list[bool] = []
    for number, bead in enumerate(alignment.pairs()):
        for document, sentences in ((alignment.hi, bead.hi), (alignment.en, bead.en)):
            for key, words in _keys(document, sentences).items():
                keys.append(key)
                of.append(number)
                joins.append(words >= _MIN_WORDS)
    return keys, of, joins


def _keys(document: Document, sentences: Range) -> dict[int, int]:
    """Return the keys of sentences and of the text they are together, and the number of words of each."""
    texts = [sentence.text for sentence in document.sentences[slice(*sentences)]]
    if len(texts) > 1:
        texts.append(document.text(sentences))
    normals = map(normal, texts)
    return {_key(folded): folded.count(" ") + 1 for folded in normals}


def _groups(rows: "NDArray[Any]") -> "Iterator[NDArray[np.uint32]]":
    """Yield the articles that share a sentence, (n, length) for each number of articles but too many."""
    import numpy as np

    order = np.lexsort((rows["article"], rows["key"]))
    keys, articles = rows["key"][order], rows["article"][order]
    new = np.append(True, keys[1:] != keys[:-1])[: len(keys)]
    distinct = new | np.append(True, articles[1:] != articles[:-1])[: len(keys)]
    starts = np.flatnonzero(new[distinct])
    articles = articles[distinct]
    lengths = np.diff(np.append(starts, len(articles)))
    for length in range(1, _MAX_ARTICLES + 1):
        first = starts[lengths == length]
        if len(first):
            yield articles[first[:, None] + np.arange(length)]


def _key(folded: str) -> int:
    return int.from_bytes(hashlib.sha256(folded.encode("utf-8", "surrogatepass")).digest()[:8])
