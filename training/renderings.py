"""Learn evidence/renderings.npz: which phrases render which, and for how many words of the other side a word stands.

    python -m training.renderings DATA/train

Learns from the training sources, at most `CAP` pairs of each, fewer of interfaces, each source by its `WEIGHTS`, only
one English to a Hindi text. Words are linked both ways (`training.word_alignment`), phrases of at most three words cut
out of what is linked, and those kept that meet far more often than chance has it. Takes three minutes of one core
and three gigabytes. Words are rows of the lexicon: learn this again after it. Only counts are kept.

Source: Koehn et al. 2003, N03-1017 (phrases); Johnson et al. 2007, D07-1103 (what is kept).
"""

import argparse
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from tithi.evidence.claims import LONGEST, phrase_keys
from tithi.evidence.lexicon import digest, lexicon, rows_of
from tithi.evidence.renderings import CHANCES, STANDS
from tithi.evidence.words import words
from training.needed import needed, package, run
from training.word_alignment import LONGEST as LONGEST_TEXT
from training.word_alignment import Texts, join, links

TARGET: Final = Path(__file__).parents[1] / "evidence" / "renderings.npz"
CAP: Final = 40_000
LEFT_OUT: Final = ("names_", "translit_", "bible_hhbd_kjv", "bible_hhbd_asv", "iitb", "lex_20k")
INTERFACES: Final = ("debian", "chromium", "libreoffice", "firefox", "mediawiki", "aosp", "wikipedia_android", "iso_")
OF_INTERFACES: Final = 15_000
WEIGHTS: Final = {
    "mkb": 2.0, "mt_geneval": 2.0, "ilci": 1.5, "tatoeba": 1.5, "hindi_visual": 0.7, "ms_beg": 0.7, "bible": 0.7,
    "openclaw": 0.5, "quran": 0.5, "gita": 0.5,
} | dict.fromkeys(INTERFACES, 0.3)  # fmt: skip
"""How much a pair of sources that begin so counts for the links; one of any other 1."""
DISCOUNT: Final = 0.5
"""What is taken off the times that two phrases meet."""
LEAST_RATIO: Final = 30.0
"""The least log-likelihood ratio: what meets once and stands nowhere else has some 26."""
LEAST_CHANCE: Final = 0.02
KEPT: Final = 16
SHORTEST, WIDEST = 6, 0.8
"""The fewest words of the texts that lengths are learnt from, and how far the logarithms of both may be apart."""
SHRINK: Final = 4.0

Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]
Floats = NDArray[np.float64]


class Phrases(NamedTuple):
    """Couples of phrases by their keys, and how often they meet and each of them stands anywhere."""

    hi: Keys
    en: Keys
    met: Ints
    hi_all: Ints
    en_all: Ints


def main() -> None:
    """Read, learn, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("train", type=Path, help="the folder of the training sources")
    folder = parser.parse_args().train
    package("sklearn", "scikit-learn")
    train = needed(folder, "train")
    pairs, names = _read(train)
    print(f"{len(pairs)} pairs", flush=True)
    hi, en = _texts(pairs)
    weights = np.array([next((w for start, w in WEIGHTS.items() if name.startswith(start)), 1.0) for name in names])
    both = links(hi, en, weights), links(en, hi, weights)
    found = _phrases(hi, en, *both)
    chances, ratios = _weighed(found, len(pairs))
    keep = (ratios >= LEAST_RATIO) & (chances >= LEAST_CHANCE)
    print(f"{len(keep)} couples of phrases that meet twice, {keep.sum()} more often than by chance", flush=True)
    prose = np.array([not name.startswith((*INTERFACES, "lex_")) for name in names])
    hi_stands, hi_bias = _stands(hi, en, weights, prose)
    en_stands, en_bias = _stands(en, hi, weights, prose)
    stored = _table(found.hi[keep], found.en[keep], chances[keep])
    stored |= {"hi_stands": hi_stands, "en_stands": en_stands, "bias": np.array([hi_bias, en_bias], np.float32)}
    stored["lexicon"] = np.frombuffer(digest(), np.uint8)
    np.savez_compressed(TARGET, **stored)  # type: ignore[arg-type]
    print(f"wrote {TARGET}, {len(stored['entries'])} couples, {TARGET.stat().st_size / 1e6:.2f} MB")


def _read(train: Path) -> tuple[list[tuple[list[str], list[str]]], list[str]]:
    """Return the folded words of pairs, and the source of each."""
    pairs, names = [], []
    for path in sorted(train.glob("*.tsv.xz")):
        if not path.name.startswith(LEFT_OUT):
            for pair in _read_source(path, OF_INTERFACES if path.name.startswith(INTERFACES) else CAP):
                pairs.append(pair)
                names.append(path.name)
    return pairs, names


def _read_source(path: Path, most: int) -> Iterator[tuple[list[str], list[str]]]:
    seen: set[str] = set()
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            if len(columns) < 2 or columns[0] in seen:
                continue
            seen.add(columns[0])
            hi, en = (words(text).keys for text in columns[:2])
            if 1 <= len(hi) <= LONGEST_TEXT and 1 <= len(en) <= LONGEST_TEXT:
                yield hi, en
            if len(seen) >= most:
                return


def _texts(pairs: list[tuple[list[str], list[str]]]) -> tuple[Texts, Texts]:
    starts, rows = rows_of(pairs)
    sides = []
    for side, lang in enumerate(("hi", "en")):
        chosen = np.repeat(np.arange(len(starts) - 1) % 2 == side, np.diff(starts))
        own = np.concatenate(([0], np.cumsum(np.diff(starts)[side::2])))
        sides.append(Texts(own, rows[chosen].astype(np.int64), len(lexicon().rows[lang]) + 1))  # type: ignore[index]
    return sides[0], sides[1]


def _phrases(hi: Texts, en: Texts, hi_of: Ints, en_of: Ints) -> Phrases:
    """Return the couples of phrases that are linked with each other alone, and that meet twice or more."""
    hi_keys, en_keys = _keys(hi), _keys(en)
    nothing = np.empty(0, np.uint64)
    many = _cut(hi.starts, en.starts, hi_of, en_of, hi_keys, en_keys, nothing, nothing)
    hi_found, en_found = np.empty(many, np.uint64), np.empty(many, np.uint64)
    _cut(hi.starts, en.starts, hi_of, en_of, hi_keys, en_keys, hi_found, en_found)
    order = np.lexsort((en_found, hi_found))
    hi_found, en_found = hi_found[order], en_found[order]
    new = np.ones(many, np.bool_)
    new[1:] = (hi_found[1:] != hi_found[:-1]) | (en_found[1:] != en_found[:-1])
    first = np.flatnonzero(new)
    met = np.diff(np.append(first, many))
    first, met = first[met >= 2], met[met >= 2]
    hi_found, en_found = hi_found[first], en_found[first]
    return Phrases(hi_found, en_found, met, _times(hi_keys, hi_found), _times(en_keys, en_found))


def _keys(side: Texts) -> Keys:
    """Return the keys (words, LONGEST) of the phrases that begin at each word."""
    keys = np.zeros((len(side.ids), LONGEST), np.uint64)
    for start, stop in zip(side.starts[:-1].tolist(), side.starts[1:].tolist(), strict=True):
        phrase_keys(side.ids[start:stop], side.size - 1, keys[start:stop])
    return keys


def _times(keys: Keys, asked: Keys) -> Ints:
    """Return how often each phrase stands anywhere."""
    every = np.sort(keys[keys > 0])
    times: Ints = np.searchsorted(every, asked, "right") - np.searchsorted(every, asked)
    return times


@numba.njit(cache=True, nogil=True)
def _cut(starts, en_starts, hi_of, en_of, hi_keys, en_keys, hi_found, en_found):  # type: ignore[no-untyped-def]
    """Write the keys of all couples of phrases as far as there is room, and return how many there are."""
    linked = np.zeros((LONGEST_TEXT, LONGEST_TEXT), np.int8)
    hi_taken, en_taken = np.zeros(LONGEST_TEXT, np.int8), np.zeros(LONGEST_TEXT, np.int8)
    many = 0
    for text in range(len(starts) - 1):
        first, stop, other, end = starts[text], starts[text + 1], en_starts[text], en_starts[text + 1]
        size, en_size = stop - first, end - other
        here, hi_here, en_here = linked[:size, :en_size], hi_taken[:size], en_taken[:en_size]
        join(hi_of[other:end], en_of[first:stop], here, hi_here, en_here)
        for i in range(size):
            for last in range(i, min(i + LONGEST, size)):
                if not (hi_here[i] and hi_here[last]):
                    continue
                low, high = _reach(here, i, last)
                if high - low >= LONGEST or _leaks(here, i, last, low, high):
                    continue
                for a in range(low, max(high - LONGEST, -1), -1):
                    if a < low and en_here[a]:
                        break
                    for b in range(high, min(a + LONGEST, en_size)):
                        if b > high and en_here[b]:
                            break
                        key, en_key = hi_keys[first + i, last - i], en_keys[other + a, b - a]
                        if key and en_key:
                            if many < len(hi_found):
                                hi_found[many], en_found[many] = key, en_key
                            many += 1
    return many


@numba.njit(cache=True, nogil=True)
def _reach(linked, first, last):  # type: ignore[no-untyped-def]
    """Return the first and the last English word that Hindi words are linked with."""
    low, high = linked.shape[1], -1
    for i in range(first, last + 1):
        for j in range(linked.shape[1]):
            if linked[i, j]:
                low, high = min(low, j), max(high, j)
    return low, high


@numba.njit(cache=True, nogil=True)
def _leaks(linked, first, last, low, high):  # type: ignore[no-untyped-def]
    """Whether an English word of a phrase is linked with a Hindi word outside of it."""
    outside = False
    for i in range(linked.shape[0]):
        outside = outside or (not first <= i <= last and linked[i, low : high + 1].any())
    return outside


def _weighed(found: Phrases, pairs: int) -> tuple[Floats, Floats]:
    """Return the mean chance of both directions, and the log-likelihood ratio against chance, 0 below it."""
    chances = (found.met - DISCOUNT) / np.sqrt(np.maximum(found.hi_all, 1) * np.maximum(found.en_all, 1.0))
    total = 2.0 * max(pairs, int(found.hi_all.max()), int(found.en_all.max()))
    met = np.minimum(found.met, np.minimum(found.hi_all, found.en_all)).astype(np.float64)
    hi_only, en_only = found.hi_all - met, found.en_all - met
    rest = total - met - hi_only - en_only
    inner = _entropy(met) + _entropy(hi_only) + _entropy(en_only) + _entropy(rest) + _entropy(np.array(total))
    outer = _entropy(met + hi_only) + _entropy(en_only + rest) + _entropy(met + en_only) + _entropy(hi_only + rest)
    oftener = met * total > found.hi_all * found.en_all.astype(np.float64)
    return np.minimum(chances, 1.0), np.where(oftener, 2.0 * (inner - outer), 0.0)


def _entropy(counts: Floats) -> Floats:
    return np.where(counts > 0, counts * np.log(np.maximum(counts, 1e-9)), 0.0)


def _table(hi: Keys, en: Keys, chances: Floats) -> dict[str, NDArray[np.generic]]:
    """Return what `tithi.evidence.renderings` reads."""
    hi_short, en_short = ((keys >> np.uint64(32)).astype(np.uint32) for keys in (hi, en))
    order = np.lexsort((-chances, hi_short))
    rank = np.arange(len(order)) - np.searchsorted(hi_short[order], hi_short[order])
    order = order[rank < KEPT]
    en_keys, number = np.unique(en_short[order], return_inverse=True)
    hi_keys, counts = np.unique(hi_short[order], return_counts=True)
    inside = np.lexsort((number, hi_short[order]))
    levels = np.clip(np.rint(CHANCES * np.sqrt(chances[order][inside])), 1, CHANCES).astype(np.uint8)
    levels = np.append(levels, np.zeros(len(levels) % 2, np.uint8))
    return {
        "hi_keys": hi_keys,
        "en_keys": en_keys,
        "counts": counts.astype(np.uint8),
        "entries": number[inside].astype(np.uint32),
        "chances": levels[::2] << 4 | levels[1::2],
    }


def _stands(side: Texts, other: Texts, weights: Floats, prose: NDArray[np.bool_]) -> tuple[NDArray[np.uint8], float]:
    """Return for how many words of the other side each word stands, and how many more a text does: a ridge."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import Ridge

    sizes, others = np.diff(side.starts), np.diff(other.starts)
    apart = np.abs(np.log((sizes + 2) / (others + 2)))
    chosen = prose & (np.minimum(sizes, others) >= SHORTEST) & (apart < WIDEST)
    text = np.repeat(np.arange(len(sizes)), sizes)
    said = csr_matrix((np.ones(len(text)), (text, side.ids)), shape=(len(sizes), side.size))[chosen]
    told, each = others[chosen], others[chosen].sum() / sizes[chosen].sum()
    model = Ridge(alpha=SHRINK, solver="sparse_cg", tol=1e-3)
    model.fit(said, told - each * sizes[chosen], sample_weight=weights[chosen] / (sizes[chosen] + 4))
    levels = np.clip(np.rint(STANDS * (model.coef_ + each + 1)), 0, 255).astype(np.uint8)
    return levels, float(model.intercept_)


if __name__ == "__main__":
    run(main)
