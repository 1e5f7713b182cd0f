"""Training pairs from files of pairs: read, cleaned of held-out text, weighted."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tithi.encoder.normalise import Normaliser
from tithi.encoder.recipe import Recipe
from tithi.errors import DataError
from tithi.sources.pairs import PairFile, pair_files, read_pairs, strict

__all__ = ["Pairs", "gather", "held_out_keys", "keys", "source_of", "split_dev", "texts_of"]

_LONG = 1200
_MOST_DEV = 1000
_SHORT_KEY = 12


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs side by side, normalised for scoring, with the weight of each, `(n,)` float64."""

    hi: tuple[str, ...]
    en: tuple[str, ...]
    weights: NDArray[np.float64]
    counts: dict[str, int]


def texts_of(source: PairFile) -> Iterator[tuple[str, str]]:
    """Yield the texts of a file of pairs (see `tithi.sources.pairs`), a side perhaps empty.

    Raises:
        DataError: The file cannot be read, or holds what is no pair.
    """
    return ((pair.hi, pair.en) for pair in strict(read_pairs(source)))


def held_out_keys(texts: Iterable[str], normaliser: Normaliser) -> set[str]:
    """Return the normalised forms of texts that must not be trained on; very short ones (< 12) prove nothing."""
    return {key for key in normaliser(list(texts)) if len(key) >= _SHORT_KEY}


def split_dev(paths: Sequence[Path], recipe: Recipe, normaliser: Normaliser) -> list[tuple[str, str]]:
    """Return the recipe's dev pairs as read, at most 1,000, each text once on its side.

    The choice hangs on the Hindi text alone, so it does not change with the order or number of files.
    """
    chosen: dict[str, tuple[str, str]] = {}
    seen: set[str] = set()
    for file in pair_files(paths) if recipe.dev_percent else ():
        if recipe.dev_source in ("", source_of(file.files[0])):
            rows = [pair for pair in texts_of(file) if _hash(pair[0]) % 100 < recipe.dev_percent]
            keyed = zip(normaliser([hi for hi, _ in rows]), normaliser([en for _, en in rows]), rows, strict=True)
            for hi, en, pair in keyed:
                if hi and en and hi not in chosen and en not in seen:
                    chosen[hi] = pair
                    seen.add(en)
    return sorted(chosen.values(), key=lambda pair: _hash(pair[0]))[:_MOST_DEV]


def source_of(path: Path) -> str:
    """Return the name of a file's source: the file name up to the first dot."""
    return path.name.partition(".")[0]


def _hash(text: str) -> int:
    return int(hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(), 16)


def gather(
    paths: Sequence[Path], weights: Mapping[str, float], normaliser: Normaliser, held_out: Collection[str] = ()
) -> Pairs:
    """Read `paths` into distinct pairs with weights.

    A pair is dropped when a side is empty, equals a text of `held_out` (normalised forms), or is more than three times
    as long as the other (in characters, beyond short texts), or longer than 1,200 characters.

    Raises:
        DataError: A file is damaged, or no pair is left.
    """
    kept: dict[tuple[str, str], float] = {}
    counts: dict[str, int] = {}
    for file in pair_files(paths):
        source = source_of(file.files[0])
        rows = list(texts_of(file))
        sides = normaliser([hi for hi, _ in rows]), normaliser([en for _, en in rows])
        before = len(kept)
        for hi, en in zip(*sides, strict=True):
            if hi and en and hi not in held_out and en not in held_out and _matched(hi, en):
                kept.setdefault((hi, en), weights.get(source, 1.0))
        counts[source] = counts.get(source, 0) + len(kept) - before
    if not kept:
        raise DataError(
            f"{', '.join(map(str, paths)) or 'training'}: pairs are needed; got none; give files with pairs"
        )
    base = np.fromiter(kept.values(), np.float64, len(kept))
    hi_side, en_side = (tuple(pair[side] for pair in kept) for side in (0, 1))
    copies = np.maximum(_copies(hi_side), 1)
    return Pairs(hi_side, en_side, base / np.sqrt(copies), counts)


def _matched(hi: str, en: str) -> bool:
    """Whether the lengths could be those of a translation."""
    short, long = sorted((len(hi), len(en)))
    return long <= _LONG and long <= 3 * short + 30


def _copies(texts: Sequence[str]) -> NDArray[np.float64]:
    """Return how many times each text occurs, `(n,)`."""
    _, inverse, counts = np.unique(keys(texts), return_inverse=True, return_counts=True)
    return counts[inverse].astype(np.float64)


def keys(texts: Sequence[str]) -> NDArray[np.int64]:
    """Return a number for each text, equal for equal texts, `(n,)`."""
    known: dict[str, int] = {}
    return np.fromiter((known.setdefault(text, len(known)) for text in texts), np.int64, len(texts))
