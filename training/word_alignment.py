"""Which words of sentence pairs translate each other: IBM model 1, then a hidden Markov model, each way, joined.

Texts are flat: the words of all texts in one array of numbers, and where each text starts. Compiled by numba; memory
grows with the products of the lengths, some 8 bytes for each two words of a pair.

Source: Brown et al. 1993 (model 1); Vogel et al. 1996 (the hidden Markov model); Och and Ney 2003 (joining).
"""

from typing import Final, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

__all__ = ["LONGEST", "Texts", "join", "links"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

LONGEST: Final = 50
"""The most words of a text."""
_FAR: Final = 12
_NOTHING: Final = 0.15
"""The chance that a word comes from no word of the other side."""
_ROUNDS, _CHAIN_ROUNDS = 5, 4


class Texts(NamedTuple):
    """One side of pairs: text `i` has the words `ids[starts[i]:starts[i + 1]]`, each below `size`."""

    starts: Ints
    ids: Ints
    size: int


def links(given: Texts, told: Texts, weights: Floats) -> Ints:
    """Return of each word of `told` which word of its `given` text it comes from, -1 for none.

    No text is empty or longer than `LONGEST`; `weights` say how much each pair counts.
    """
    lengths = np.diff(given.starts) + 1
    cells = np.empty(int((lengths * np.diff(told.starts)).sum()), np.int64)
    _fill(given.starts, given.ids, told.starts, told.ids, given.size, told.size, cells)
    unique, at = np.unique(cells, return_inverse=True)
    del cells
    at, row = at.astype(np.int32), unique // told.size
    chance = np.full(len(unique), 1.0 / told.size)
    for _ in range(_ROUNDS):
        counts = np.zeros(len(unique))
        _count(given.starts, told.starts, at, chance, weights, counts)
        chance = _shares(counts, row)
    steps = np.exp(-np.abs(np.arange(-_FAR, _FAR + 1) - 1) / 3.0)
    found: Ints = np.full(len(told.ids), -1, np.int64)
    for turn in range(_CHAIN_ROUNDS + 1):
        counts, step_counts = np.zeros(len(unique)), np.zeros(len(steps))
        last = turn == _CHAIN_ROUNDS
        _chain(given.starts, told.starts, at, chance, weights, steps, counts, step_counts, found, last)
        if turn < _CHAIN_ROUNDS:
            chance, steps = _shares(counts, row), step_counts / step_counts.sum()
    return found


def _shares(counts: Floats, row: Ints) -> Floats:
    counts = counts + 1e-9
    totals = np.bincount(row, weights=counts)
    shares: Floats = counts / totals[row]
    return shares


@numba.njit(cache=True, nogil=True)
def _fill(starts, ids, told_starts, told_ids, rows, columns, cells):  # type: ignore[no-untyped-def]
    """Write the numbers of all couples of words, for each told word the given ones and then that of no word."""
    at = 0
    for text in range(len(starts) - 1):
        for j in range(told_starts[text], told_starts[text + 1]):
            for i in range(starts[text], starts[text + 1]):
                cells[at] = ids[i] * columns + told_ids[j]
                at += 1
            cells[at] = rows * columns + told_ids[j]
            at += 1


@numba.njit(cache=True, nogil=True)
def _count(starts, told_starts, at, chance, weights, counts):  # type: ignore[no-untyped-def]
    """Add up by model 1 how often each couple is expected."""
    cell = 0
    for text in range(len(starts) - 1):
        many = starts[text + 1] - starts[text] + 1
        for _ in range(told_starts[text + 1] - told_starts[text]):
            total = 0.0
            for i in range(cell, cell + many):
                total += chance[at[i]]
            for i in range(cell, cell + many):
                counts[at[i]] += weights[text] * chance[at[i]] / total
            cell += many


@numba.njit(cache=True, nogil=True)
def _chain(starts, told_starts, at, chance, weights, steps, counts, step_counts, found, last):  # type: ignore[no-untyped-def]
    """Add up by the chain how often each couple and step is expected; in the `last` turn write the best links."""
    moves, forward, backward = np.empty((LONGEST, LONGEST)), np.empty((LONGEST, LONGEST)), np.empty((LONGEST, LONGEST))
    said, scales, back = np.empty((LONGEST, LONGEST + 1)), np.empty(LONGEST), np.empty((LONGEST, LONGEST), np.int64)
    cell = 0
    for text in range(len(starts) - 1):
        many, words = starts[text + 1] - starts[text], told_starts[text + 1] - told_starts[text]
        _set_moves(moves, steps, many)
        for j in range(words):
            for i in range(many + 1):
                said[j, i] = chance[at[cell + j * (many + 1) + i]]
        if last:
            _best(moves, said, many, words, forward, back, found[told_starts[text] :])
        else:
            _pass(moves, said, many, words, forward, backward, scales)
            here = at[cell:]
            _expect(moves, said, many, words, forward, backward, scales, here, weights[text], counts, step_counts)
        cell += words * (many + 1)


@numba.njit(cache=True, nogil=True)
def _set_moves(moves, steps, many):  # type: ignore[no-untyped-def]
    for i in range(many):
        total = 0.0
        for k in range(many):
            moves[i, k] = steps[min(max(k - i, -_FAR), _FAR) + _FAR]
            total += moves[i, k]
        for k in range(many):
            moves[i, k] *= (1.0 - _NOTHING) / total


@numba.njit(cache=True, nogil=True)
def _pass(moves, said, many, words, forward, backward, scales):  # type: ignore[no-untyped-def]
    """Run over a text forward and backward; a word that comes from none leaves the place as it is."""
    for j in range(words):
        scales[j] = 0.0
        for i in range(many):
            come, stay = (1.0 - _NOTHING) / many, 1.0 / many
            if j:
                come, stay = 0.0, forward[j - 1, i]
                for k in range(many):
                    come += forward[j - 1, k] * moves[k, i]
            forward[j, i] = come * said[j, i] + stay * _NOTHING * said[j, many]
            scales[j] += forward[j, i]
        for i in range(many):
            forward[j, i] /= scales[j]
    backward[words - 1, :many] = 1.0
    for j in range(words - 1, 0, -1):
        for k in range(many):
            total = _NOTHING * said[j, many] * backward[j, k]
            for i in range(many):
                total += moves[k, i] * said[j, i] * backward[j, i]
            backward[j - 1, k] = total / scales[j]


@numba.njit(cache=True, nogil=True)
def _expect(  # type: ignore[no-untyped-def]
    moves, said, many, words, forward, backward, scales, at, weight, counts, step_counts
):
    for j in range(words):
        nothing = 0.0
        for i in range(many):
            after = backward[j, i] / scales[j]
            come, stay = (1.0 - _NOTHING) / many, 1.0 / many
            if j:
                come, stay = 0.0, forward[j - 1, i]
                for k in range(many):
                    part = forward[j - 1, k] * moves[k, i]
                    come += part
                    step_counts[min(max(i - k, -_FAR), _FAR) + _FAR] += weight * part * said[j, i] * after
            counts[at[j * (many + 1) + i]] += weight * come * said[j, i] * after
            nothing += stay * _NOTHING * said[j, many] * after
        counts[at[j * (many + 1) + many]] += weight * nothing


@numba.njit(cache=True, nogil=True)
def _best(moves, said, many, words, forward, back, found):  # type: ignore[no-untyped-def]
    """Write the likeliest links of a text (Viterbi); `back` has the place before, or, below 0, that of no word."""
    for j in range(words):
        top = 0.0
        for i in range(many):
            best, place = (forward[j - 1, i] if j else 1.0) * _NOTHING * said[j, many], -1 - i
            for k in range(many if j else 1):
                come = (forward[j - 1, k] * moves[k, i] if j else 1.0 - _NOTHING) * said[j, i]
                if come > best:
                    best, place = come, k
            forward[j, i], back[j, i] = best, place
            top = max(top, best)
        for i in range(many):
            forward[j, i] /= top
    at = np.argmax(forward[words - 1, :many])
    for j in range(words - 1, -1, -1):
        place = back[j, at]
        found[j] = -1 if place < 0 else at
        at = -1 - place if place < 0 else (place if j else at)


@numba.njit(cache=True, nogil=True)
def join(hi_of, en_of, linked, hi_taken, en_taken):  # type: ignore[no-untyped-def]
    """Join the links of a pair: those of both ways grow by neighbours of one way, then by what is else without link.

    `hi_of` has the Hindi word of each English one, `en_of` the reverse, -1 for none. Written are `linked` (Hindi words,
    English words) and which words of each side are `taken`.
    """
    linked[:], hi_taken[:], en_taken[:] = 0, 0, 0
    for j in range(len(hi_of)):
        i = hi_of[j]
        if i >= 0 and en_of[i] == j:
            linked[i, j] = hi_taken[i] = en_taken[j] = 1
    grown = True
    while grown:
        grown = False
        for i in range(len(en_of)):
            for j in range(len(hi_of)):
                one_way = hi_of[j] == i or en_of[i] == j
                if linked[i, j] or not one_way or (hi_taken[i] and en_taken[j]):
                    continue
                if linked[max(i - 1, 0) : i + 2, max(j - 1, 0) : j + 2].sum():
                    linked[i, j] = hi_taken[i] = en_taken[j] = 1
                    grown = True
    for j in range(len(hi_of)):
        i = hi_of[j]
        if i >= 0 and not hi_taken[i] and not en_taken[j]:
            linked[i, j] = hi_taken[i] = en_taken[j] = 1
    for i in range(len(en_of)):
        j = en_of[i]
        if j >= 0 and not hi_taken[i] and not en_taken[j]:
            linked[i, j] = hi_taken[i] = en_taken[j] = 1
