"""Which articles go into train, validation and test: by a hash of the id, with near-duplicates kept together.

An article never straddles two splits, and it keeps its split when the corpus grows. Near-duplicates are found by
MinHash: two articles whose Hindi or whose English shares about half of its word trigrams. This module sees each text
once and makes 384 bytes of it.

Source: A. Broder, On the resemblance and containment of documents (1997), for MinHash; Leskovec, Rajaraman and Ullman,
Mining of Massive Datasets, section 3.4, for the banding.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from tithi.groups import Groups

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "MIN_ARTICLES",
    "SPLITS",
    "Split",
    "Splits",
    "assign",
    "hashed_split",
    "near_duplicates",
    "signature",
]

Split = Literal["train", "validation", "test"]
SPLITS: Final[tuple[Split, ...]] = ("train", "validation", "test")
MIN_ARTICLES: Final = 20
"""Below this many articles (near-duplicates counted once) there is `train` alone."""

_VALIDATION_FROM: Final = 0.90
_TEST_FROM: Final = 0.95
_BANDS: Final = 32
_BAND_SIZE: Final = 3
_SIMILAR: Final = 0.5
_MIX: Final = 0x9E3779B97F4A7C15
_WORD: Final = re.compile("[\\w\u0900-\u0963\u200c\u200d]+")


@dataclass(frozen=True, slots=True)
class Splits:
    """The split of each article by id, the splits that exist, how they came about.

    `near_duplicates` counts the articles that are near-duplicates of an earlier one or share its sentences; `reason`
    says why there is `train` alone, None when there are three splits.
    """

    by_article: Mapping[str, Split]
    names: tuple[Split, ...]
    near_duplicates: int
    reason: str | None


def assign(ids: Sequence[str], groups: Sequence[int], recorded: Mapping[str, Split] | None = None) -> Splits:
    """Give every article a split; articles of one group share theirs, but for those that have one already.

    Args:
        ids: The articles' ids, all different.
        groups: For each article the index of the first article that it is grouped with (its own when alone).
        recorded: The splits of articles in an earlier version, which they keep; new articles of their group go with
            them, into test rather than validation, and into validation rather than train.
    """
    recorded = recorded or {}
    keys: dict[int, str] = {}
    ranks: dict[int, int] = {}
    for article_id, group in zip(ids, groups, strict=True):
        keys[group] = min(article_id, keys.get(group, article_id))
        if article_id in recorded:
            ranks[group] = max(SPLITS.index(recorded[article_id]), ranks.get(group, 0))
    split_of = {group: SPLITS[ranks[group]] if group in ranks else hashed_split(key) for group, key in keys.items()}
    missing = [name for name in SPLITS if name not in split_of.values()]
    reason = None
    if any(ranks.values()):
        pass  # what was held out stays held out, however few there are now
    elif len(keys) < MIN_ARTICLES:
        reason = f"a split needs at least {MIN_ARTICLES} different articles; got {len(keys)}"
    elif missing:
        reason = f"a split needs an article in each part; got none of {len(keys)} in {' or '.join(missing)}"
    if reason is not None:
        split_of = dict.fromkeys(keys, "train")
    return Splits(
        by_article={
            article_id: recorded.get(article_id, split_of[group]) for article_id, group in zip(ids, groups, strict=True)
        },
        names=SPLITS if reason is None else ("train",),
        near_duplicates=len(ids) - len(keys),
        reason=reason,
    )


def hashed_split(key: str) -> Split:
    """Return the split of an id: 90 % train, 5 % validation, 5 % test, by its SHA-256."""
    share = int.from_bytes(hashlib.sha256(key.encode("utf-8")).digest()[:8]) / 2**64
    if share < _VALIDATION_FROM:
        return "train"
    return "validation" if share < _TEST_FROM else "test"


def signature(text: str) -> "NDArray[np.uint32]":
    """Return the MinHash signature of a text's word trigrams, `(96,) uint32`; equal shares estimate the Jaccard index.

    Case, punctuation, blanks and the writing of a nukta make no difference: `फ़रवरी` is the same composed or not.
    """
    import numpy as np

    plain = " ".join(_WORD.findall(unicodedata.normalize("NFC", text).casefold())).encode("utf-8")
    words = plain.split(b" ")
    shingles = set(map(b" ".join, zip(words, words[1:], words[2:], strict=False))) or {plain}
    hashed = [hashlib.blake2b(shingle, digest_size=8).digest() for shingle in shingles]
    hashes = np.frombuffer(b"".join(hashed), dtype="<u8")
    size = _BANDS * _BAND_SIZE
    seeds = np.frombuffer(hashlib.shake_256(b"tithi").digest(16 * size), dtype="<u8").reshape(2, size, 1)
    lowest = np.full(size, np.iinfo(np.uint64).max, dtype=np.uint64)
    for chunk in np.array_split(hashes, len(hashes) // 4096 + 1):
        mixed = chunk ^ seeds[0]
        mixed *= seeds[1] | np.uint64(1)
        mixed ^= mixed >> np.uint64(32)
        mixed *= _MIX
        lowest = np.minimum(lowest, mixed.min(axis=1))
    return (lowest >> np.uint64(32)).astype(np.uint32)


def near_duplicates(*tables: "NDArray[np.uint32]") -> Groups:
    """Group near-duplicates.

    Args:
        tables: Signatures `(n, 96) uint32`, one table a side; articles alike on any side are grouped.

    Articles that agree in one of 32 bands are compared; those with an estimated Jaccard index of at least .5 are
    grouped, and groups that share an article are one. A pair at .5 is compared with probability .99, one at .1 with
    .03. Time grows with n log n and the number of comparisons, memory with n.
    """
    import numpy as np

    groups = Groups(len(tables[0]))
    for table in tables:
        for start in range(0, _BANDS * _BAND_SIZE, _BAND_SIZE):
            band = np.ascontiguousarray(table[:, start : start + _BAND_SIZE].T)
            order = np.lexsort(band)
            changes = np.any(band[:, order[1:]] != band[:, order[:-1]], axis=0)
            bounds = np.flatnonzero(np.concatenate([[True], changes, [True]]))
            for alone in np.flatnonzero(np.diff(bounds) > 1).tolist():
                rest = order[bounds[alone] : bounds[alone + 1]]
                while len(rest) > 1:
                    alike = (table[rest] == table[rest[0]]).mean(axis=1) >= _SIMILAR
                    for index in rest[alike]:
                        groups.join(int(rest[0]), int(index))
                    rest = rest[~alike]
    return groups
