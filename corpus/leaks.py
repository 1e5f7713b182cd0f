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
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tithi.corpus.splits import Split
from tithi.errors import DataError
from tithi.records import Alignment, Bead, Document, Range
from tithi.script import ascii_digits

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["EXCLUDED", "LEAKS", "Leaks", "SentenceIndex", "normal", "pair_keys", "read_excluded", "sentence_key"]

EXCLUDED: Final = "a sentence of it is in an excluded file"
"""The reason that `unaligned` gives for a pair that was left out by `--exclude`."""
LEAKS: Final = "a sentence of it stands in validation or test"
"""The reason that `unaligned` gives for a pair that would leak."""
_WORD: Final = re.compile("[\\w\u0900-\u0963]+")
_JOINERS: Final = re.compile("[\u200c\u200d]")
_HASH: Final = re.compile("[0-9a-f]{16,64}")
_MAX_ARTICLES: Final = 20
_MIN_WORDS: Final = 4
_MAX_LINE: Final = 1 << 20


def normal(text: str) -> str:
    """Return a sentence for comparing: `हाँ, १२ लोग।` is `हाँ 12 लोग`; a text without words is itself."""
    folded = unicodedata.normalize("NFC", ascii_digits(_JOINERS.sub("", text)).casefold())
    return " ".join(_WORD.findall(folded)) or folded.strip()


def sentence_key(text: str) -> int:
    """Return the first 64 bits of the SHA-256 of a sentence's normal form."""
    return int.from_bytes(hashlib.sha256(normal(text).encode("utf-8", "surrogatepass")).digest()[:8])


def pair_keys(alignment: Alignment, bead: Bead) -> set[int]:
    """Return the keys of the sentences of a pair, and of its two texts as a whole."""
    return set(_keys(alignment.hi, bead.hi)) | set(_keys(alignment.en, bead.en))


def read_excluded(files: Iterable[str | Path]) -> frozenset[int]:
    """Return the keys of the lines of files: text, or the SHA-256 of a normal form in hexadecimal (16 digits or more).

    Raises:
        DataError: A file cannot be read, is not UTF-8 or has a line of more than 1 MiB.
    """
    found: set[int] = set()
    for path in files:
        try:
            with Path(path).open("rb") as file:
                for number, raw in enumerate(iter(lambda f=file: f.readline(_MAX_LINE + 1), b""), start=1):  # type: ignore[misc]
                    if len(raw) > _MAX_LINE:
                        raise DataError(f"{path}:{number}: a line must be at most 1 MiB; got more; is this text?")
                    line = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
                    if line:
                        found.add(int(line[:16], 16) if _HASH.fullmatch(line) else sentence_key(line))
        except OSError as error:
            raise DataError(f"{path}: cannot be read; got {error.strerror}; check the path") from None
        except UnicodeDecodeError:
            raise DataError(f"{path}:{number}: must be UTF-8; got other bytes; save it again as UTF-8") from None
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Leaks:
    """The pairs, by their number in the order added, that must not be in the split of their article, and the counts."""

    pairs: frozenset[int]
    train: int
    validation: int


class SentenceIndex:
    """The sentences of all pairs, 8 bytes a sentence and 8 of where it stands."""

    def __init__(self) -> None:
        self._keys = array("Q")
        self._pairs = array("I")
        self._joins = array("B")
        self._articles = array("I")  # of each pair
        self._count = 0

    def add(self, alignment: Alignment) -> None:
        """Add the pairs of the next article."""
        for bead in alignment.pairs():
            for document, sentences in ((alignment.hi, bead.hi), (alignment.en, bead.en)):
                for key, words in _keys(document, sentences).items():
                    self._keys.append(key)
                    self._pairs.append(len(self._articles))
                    self._joins.append(words >= _MIN_WORDS)
            self._articles.append(self._count)
        self._count += 1

    def joined(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs of articles that share more than half of the sentences of the shorter one, on any side.

        Only sentences of four words or more that stand in at most twenty articles count.
        """
        import numpy as np

        keys, _, articles = self._arrays()
        joins = np.frombuffer(self._joins, dtype=np.uint8).astype(bool)
        both = np.unique(np.stack([keys[joins], articles[joins].astype(np.uint64)], axis=1), axis=0)
        starts = np.flatnonzero(both[1:, 0] != both[:-1, 0]) + 1
        sizes: Counter[int] = Counter()
        shared: Counter[tuple[int, int]] = Counter()
        for group in np.split(both[:, 1], starts):
            if len(group) > _MAX_ARTICLES:
                continue
            mine = group.tolist()
            sizes.update(mine)
            shared.update((low, high) for at, high in enumerate(mine) for low in mine[:at])
        for (low, high), count in sorted(shared.items()):
            if 2 * count > min(sizes[low], sizes[high]):
                yield low, high

    def leaks(self, splits: Sequence[Split]) -> Leaks:
        """Return the pairs to leave out, given the split of each article in the order added."""
        import numpy as np

        keys, pairs, articles = self._arrays()
        rank = np.array([("train", "validation", "test").index(split) for split in splits], dtype=np.int8)[articles]
        out = [self._in_higher(keys, pairs, rank, mine) for mine in (0, 1)]
        return Leaks(frozenset(out[0].tolist()) | frozenset(out[1].tolist()), len(out[0]), len(out[1]))

    @staticmethod
    def _in_higher(
        keys: "NDArray[np.uint64]", pairs: "NDArray[np.uint32]", rank: "NDArray[np.int8]", mine: int
    ) -> "NDArray[np.uint32]":
        """Return the pairs of a split with a sentence of a later one."""
        import numpy as np

        at = rank == mine
        return np.unique(pairs[at][np.isin(keys[at], keys[rank > mine])])

    def _arrays(self) -> "tuple[NDArray[np.uint64], NDArray[np.uint32], NDArray[np.uint32]]":
        """Return the key, the pair and the article of each sentence."""
        import numpy as np

        pairs = np.frombuffer(self._pairs, dtype=np.uint32)
        of_pair = np.frombuffer(self._articles, dtype=np.uint32)
        return np.frombuffer(self._keys, dtype=np.uint64), pairs, of_pair[pairs]


def _keys(document: Document, sentences: Range) -> dict[int, int]:
    """Return the keys of sentences and of the text they are together, and the number of words of each."""
    texts = [sentence.text for sentence in document.sentences[slice(*sentences)]]
    if len(texts) > 1:
        texts.append(document.text(sentences))
    return {sentence_key(text): len(normal(text).split()) for text in texts}
