"""The compiled half of `lexicon` and `gaps`: which words of a pair answer one another, and which stretch lacks answers.

All sums are taken in one fixed order, and memory comes from the caller, as in `tithi.evidence.stretch`.
"""

from tithi.compiling import kept
from tithi.evidence.links import BEST, CLAIM, FIRM, LINKED, NEAR, NORM, PART, ROOM

__all__ = ["FIELDS", "TERMS", "answer", "find_gaps"]

TERMS = 23
"""What is told of each word."""
_HARDLY, _OFTEN = 5, 77
"""Up to and from these levels of 255, .02 and .3, a word has hardly an answer and mostly one."""
_DEAR = 0.3
"""What a word adds must be more than this, or the stretch does not pay for it."""
_WINDOW = 4
_DEEP = 6.0
"""Room for more than this weight is as good as any."""
#: What is told of a side: the strict and the loose sum, first and last word of the strict stretch, what it weighs, what
#: weight without a link it and the side have, the room for its words, the sum of all; mean root and log chance of an
#: answer, words without, worst four in a row.
(
    _STRICT, _LOOSE, _FIRST, _LAST, _WEIGHT, _BARE, _ALL_BARE, _ROOM, _ALL, _ROOT, _LOG, _WITHOUT, _LEAST, FIELDS,
) = range(14)  # fmt: skip


@kept()
def answer(rows, starts, hi_table, en_table, hi_present, en_present, levels):  # type: ignore[no-untyped-def]
    """Raise the levels of the words of pairs, each the larger of both directions; they are 0 before.

    `rows` are those of the Hindi and the English words of each pair in turn, side `i` at `starts[i]` and on; the tables
    are arrays of starts, words and chances, the `present` a zero for each of their rows.
    """
    for side in range(0, len(starts) - 1, 2):
        first, other, stop = starts[side], starts[side + 1], starts[side + 2]
        hi, en, hi_levels, en_levels = rows[first:other], rows[other:stop], levels[first:other], levels[other:stop]
        _answer(hi, en, hi_table, en_present, hi_levels, en_levels)
        _answer(en, hi, en_table, hi_present, en_levels, hi_levels)


@kept()
def _answer(rows, others, table, present, levels, other_levels):  # type: ignore[no-untyped-def]
    """Raise the levels of both sides by a table: what `rows` are told as, of which `others` are said."""
    starts, words, chances = table
    for row in others:
        present[row] = 1
    present[-1] = 0  # that of the words which the table lacks
    for i in range(len(rows)):
        for at in range(starts[rows[i]], starts[rows[i] + 1]):
            there = present[words[at]]
            if there:
                levels[i] = max(levels[i], chances[at])
                present[words[at]] = max(there, chances[at])
    for j in range(len(others)):
        if present[others[j]] > 1:
            other_levels[j] = max(other_levels[j], present[others[j]])
    for row in others:
        present[row] = 0


@kept()
def find_gaps(  # type: ignore[no-untyped-def]
    seen, seen_starts, levels, level_starts, figures, others, roots, logs, weights, terms, found
):
    """Write what is told of the sides of pairs, `found` (sides, FIELDS), and of their words, `terms` (words, TERMS).

    Side `i` has the words from `seen_starts[i]` on in `seen`, and, uncut, those from `level_starts[i]` on in `levels`
    and `figures`; `others` are the logarithms of the words of the other side. All but `terms` are zeros before.
    """
    for side in range(len(others)):
        first, stop = seen_starts[side], seen_starts[side + 1]
        start, end = level_starts[side], level_starts[side + 1]
        told = terms[first:stop]
        _fill_terms(seen[:, first:stop], levels[start:end], figures[start:end], logs, others[side], told)
        _find_gap(told, weights, found[side])
        _sum_up(levels[start:end], roots, logs, found[side])


@kept()
def _fill_terms(seen, levels, figures, logs, other, terms):  # type: ignore[no-untyped-def]
    """Write what tells that a word of a side has no counterpart: `terms` (words, TERMS) float64.

    Of each word there are the columns of `seen`, its `levels` and whether it is in `figures`; `logs` are the logarithms
    of all levels, `other` that of the other side's words.
    """
    for i in range(seen.shape[1]):
        norm, best, log = seen[NORM, i], min(max(seen[BEST, i], 0.0), 1.0), logs[levels[i]]
        terms[i, 0], terms[i, 1], terms[i, 2], terms[i, 3] = best, best * best, log, norm
        terms[i, 4], terms[i, 5], terms[i, 6], terms[i, 7] = norm * best, norm * log, best * log, other
        terms[i, 8], terms[i, 9], terms[i, 10] = figures[i], levels[i] <= _HARDLY, levels[i] >= _OFTEN
        terms[i, 11], terms[i, 12] = min(seen[CLAIM, i], 4.0) ** 0.5, seen[NEAR, i]
        linked = min(seen[LINKED, i], 1.0)
        terms[i, 13], terms[i, 14] = linked, min(seen[PART, i] / max(norm, 1e-3), 3.0) ** 0.5
        terms[i, 15], terms[i, 16] = seen[FIRM, i], min(seen[ROOM, i], _DEEP)
        terms[i, 17], terms[i, 18], terms[i, 19] = norm * linked, linked * linked, linked**0.5
        for away in (1, 2):
            terms[i, 19 + away] = _bare(seen, i, away)
        terms[i, 22] = terms[i, 20] * (1.0 - linked)


@kept()
def _bare(seen, at, away):  # type: ignore[no-untyped-def]
    """Return what share of the weight of the words `away` before and after one has no link."""
    weight, bare = 1e-3, 0.0
    for i in (at - away, at + away):
        if 0 <= i < seen.shape[1]:
            weight += seen[NORM, i]
            bare += seen[NORM, i] * (1.0 - min(seen[LINKED, i], 1.0))
    return bare / weight


@kept()
def _find_gap(terms, weights, found):  # type: ignore[no-untyped-def]
    """Write the stretch of words whose log-odds of being missing add up to most, with and without a price of a word.

    `terms` are (words, TERMS) float64, one less than there are `weights`.
    """
    strict = loose = 0.0
    start = 0
    for i in range(len(terms)):
        strict_odds, loose_odds = weights[0] - _DEAR, weights[0]
        for k in range(terms.shape[1]):
            strict_odds += weights[k + 1] * terms[i, k]
            loose_odds += weights[k + 1] * terms[i, k]
        if strict <= 0.0:
            strict, start = 0.0, i
        strict += strict_odds
        loose = max(loose, 0.0) + loose_odds
        found[_LOOSE] = max(found[_LOOSE], loose)
        if strict > found[_STRICT]:
            found[_STRICT], found[_FIRST], found[_LAST] = strict, start, i + 1
        found[_ALL] += loose_odds
    for i in range(len(terms)):
        norm, bare = terms[i, 3], terms[i, 3] * (1.0 - terms[i, 13])
        found[_ALL_BARE] += bare
        if found[_FIRST] <= i < found[_LAST]:
            found[_WEIGHT] += norm
            found[_BARE] += bare
            found[_ROOM] += terms[i, 16] / (found[_LAST] - found[_FIRST])


@kept()
def _sum_up(levels, roots, logs, found):  # type: ignore[no-untyped-def]
    """Write what a side's levels say on the whole; `roots` and `logs` are those of all levels."""
    count = len(levels)
    window = min(_WINDOW, count)
    part = least = 0.0
    for i in range(count):
        log = logs[levels[i]]
        found[_ROOT] += roots[levels[i]]
        found[_LOG] += log
        found[_WITHOUT] += levels[i] <= _HARDLY
        part += log if i < window else log - logs[levels[i - window]]
        least = part if i < window else min(least, part)
    found[_ROOT] /= count
    found[_LOG] /= count
    found[_LEAST] = least / window
