"""The compiled half of `renderings`: which phrases of a pair claim each other, each word once, and what is left over.

All sums are taken in one fixed order, and memory comes from the caller, as in `tithi.evidence.stretch`.
"""

import numba
import numpy as np

from tithi.evidence.links import NORM

__all__ = ["FIELDS", "LONGEST", "MOST", "STEPS", "TOLD", "claim_all", "phrase_keys"]

LONGEST = 3
"""The most words of a phrase."""
MOST = 8192
"""Of more claims in a pair the rest is passed over: only a text that says one word again and again has them."""
STEPS = 256
"""Claims are sorted by so many steps of strength."""
TOLD = 23
"""What is told of a side, in the order of the fields of `renderings.LeftOver`."""
_MIX, _SHIFT, _ONE, _NONE = np.uint64(0x9E3779B97F4A7C15), np.uint64(29), np.uint64(1), np.uint64(0)
_STEP = 100.0
_REACH, _REACH_THERE = 2, 4
_BESIDE = 0.6
"""What share of a claim's strength hangs on the claims beside it."""
_SURE = 255
_PRICE, _DEAR, _BARE_PRICE = 0.45, 0.6, 0.5
"""Of a stretch that nothing claims each word costs so much: shares of its weight, and of a word."""
#: What is left over of a side: the weight that is not claimed, in the whole, in the gap, in the worst stretch by two
#: prices; the words without a claim, those in the gap, their weight, that in the gap, the worst stretch by words; the
#: weight of the side and of the gap, its words; then for how many words of the other side it and its gap stand.
(
    _LEFT, _GAP_LEFT, _WORST, _WORST_DEAR, _BARE, _GAP_BARE, _BARE_WEIGHT, _GAP_BARE_WEIGHT, _WORST_BARE, _WEIGHT,
    _GAP_WEIGHT, _WORDS, _STANDS, _GAP_STANDS, FIELDS,
) = range(15)  # fmt: skip


@numba.njit(cache=True, nogil=True)
def phrase_keys(rows, unknown, keys):  # type: ignore[no-untyped-def]
    """Write the keys (words, LONGEST) uint64 of the phrases that begin at each word; 0 where a word is not known."""
    for i in range(len(rows)):
        key = _NONE
        for length in range(LONGEST):
            if (length and key == _NONE) or i + length >= len(rows) or rows[i + length] == unknown:
                key = _NONE
            else:
                key = (key + np.uint64(rows[i + length]) + _ONE) * _MIX
                key ^= key >> _SHIFT
            keys[i, length] = key


@numba.njit(cache=True, nogil=True)
def _number_all(rows, unknown, slots, table, keys, numbers):  # type: ignore[no-untyped-def]
    """Write the numbers (words, LONGEST) in a table of the phrases that begin at each word, -1 if it lacks one."""
    phrase_keys(rows, unknown, keys)
    mask = len(slots) - 1
    for i in range(len(rows)):
        for length in range(LONGEST):
            numbers[i, length] = -1
            if keys[i, length] == _NONE:
                continue
            short = np.int64(keys[i, length] >> np.uint64(32))
            at = short & mask
            while slots[at] >= 0 and table[slots[at]] != short:
                at = (at + 1) & mask
            numbers[i, length] = slots[at]


@numba.njit(cache=True, nogil=True)
def claim_all(  # type: ignore[no-untyped-def]
    rows, starts, seen, seen_starts, levels, gaps, tables, hi_stands, en_stands, work, found, told
):
    """Write what no phrase claims: `found` (sides, FIELDS), zeros before, and what is `told` of it (sides, TOLD).

    Side `i`, Hindi and English in turn, has the words from `seen_starts[i]` on in `seen`, and, uncut, those from
    `starts[i]` on in `rows` and `levels`; `gaps` are the first and the last word of its worst stretch. `tables` are
    those of `renderings.Renderings`, `stands` for how many words of the other side each row stands, `work` the
    memory that `renderings` makes.
    """
    claimed = work[-1]
    for side in range(0, len(found), 2):
        first, other, stop = seen_starts[side], seen_starts[side + 1], seen_starts[side + 2]
        start, start_en = starts[side], starts[side + 1]
        hi, en = rows[start : start + other - first], rows[start_en : start_en + stop - other]
        hi_claimed, en_claimed = claimed[0, : len(hi)], claimed[1, : len(en)]
        hi_claimed[:], en_claimed[:] = 0.0, 0.0
        _claim(hi, en, len(hi_stands) - 1, len(en_stands) - 1, tables, work, hi_claimed, en_claimed)
        _sum_up(hi, seen[NORM, first:other], levels[start:], gaps[side], hi_stands, hi_claimed, found[side])
        _sum_up(en, seen[NORM, other:stop], levels[start_en:], gaps[side + 1], en_stands, en_claimed, found[side + 1])
        _tell(found[side], found[side + 1], told[side])
        _tell(found[side + 1], found[side], told[side + 1])


@numba.njit(cache=True, nogil=True)
def _claim(hi, en, hi_unknown, en_unknown, tables, work, hi_claimed, en_claimed):  # type: ignore[no-untyped-def]
    """Give phrases to each other, the strongest claim first, and write how strong the claim on each word is."""
    hi_slots, hi_keys, starts, entries, chances, en_slots, en_keys = tables
    keys, hi_numbers, en_numbers, heads, after, claims, strengths, best, counts, order, _ = work
    _number_all(hi, hi_unknown, hi_slots, hi_keys, keys, hi_numbers)
    _number_all(en, en_unknown, en_slots, en_keys, keys, en_numbers)
    _enter(en_numbers, len(en), heads, after)
    many = 0
    for i in range(len(hi)):
        for a in range(LONGEST):
            number = hi_numbers[i, a]
            for entry in range(starts[number], starts[number + 1] if number >= 0 else 0):
                place = heads[entries[entry]]
                while place >= 0 and many < MOST:
                    claim, j = claims[many], place // LONGEST
                    claim[0], claim[1], claim[2], claim[3] = i, i + a, j, j + place % LONGEST
                    strengths[many] = chances[entry]
                    many += 1
                    place = after[place]
    _leave(en_numbers, len(en), heads)
    _sort(claims, strengths, many, len(hi), len(en), best, counts, order)
    for k in range(many):
        i, last, j, end = claims[order[k]]
        claimed = 0.0
        for at in range(i, last + 1):
            claimed += hi_claimed[at]
        for at in range(j, end + 1):
            claimed += en_claimed[at]
        if claimed == 0.0:
            hi_claimed[i : last + 1] = strengths[order[k]]
            en_claimed[j : end + 1] = strengths[order[k]]


@numba.njit(cache=True, nogil=True)
def _enter(numbers, words, heads, after):  # type: ignore[no-untyped-def]
    """Enter the places of phrases by their numbers: the last one as a head, and after each the one before."""
    for j in range(words):
        for b in range(LONGEST):
            if numbers[j, b] >= 0:
                after[j * LONGEST + b] = heads[numbers[j, b]]
                heads[numbers[j, b]] = j * LONGEST + b


@numba.njit(cache=True, nogil=True)
def _leave(numbers, words, heads):  # type: ignore[no-untyped-def]
    for j in range(words):
        for b in range(LONGEST):
            if numbers[j, b] >= 0:
                heads[numbers[j, b]] = -1


@numba.njit(cache=True, nogil=True)
def _sort(claims, strengths, many, hi_words, en_words, best, counts, order):  # type: ignore[no-untyped-def]
    """Write the order of claims: the more words and the better the claims beside it, the earlier one comes."""
    for k in range(many):
        i, last, j, end = claims[k]
        for at in range(i, last + 1):
            for to in range(j, end + 1):
                best[at, to] = max(best[at, to], strengths[k])
    counts[:] = 0
    steps = order[MOST:]
    for k in range(many):
        i, last, j, end = claims[k]
        near, beside = 0.0, 0
        for at in range(max(0, i - _REACH), min(hi_words, last + _REACH + 1)):
            if i <= at <= last:
                continue
            nearest = 0.0
            for to in range(max(0, j - _REACH_THERE), min(en_words, end + _REACH_THERE + 1)):
                if not j <= to <= end:
                    nearest = max(nearest, best[at, to])
            near += nearest
            beside += 1
        size = float(last - i + end - j + 2) ** 0.5
        strength = strengths[k] * size * (1.0 - _BESIDE + _BESIDE * near / max(beside, 1))
        steps[k] = STEPS - 1 - min(int(strength * _STEP), STEPS - 1)
        counts[steps[k] + 1] += 1
    for step in range(STEPS):
        counts[step + 1] += counts[step]
    for k in range(many):
        order[counts[steps[k]]] = k
        counts[steps[k]] += 1
        i, last, j, end = claims[k]
        best[i : last + 1, j : end + 1] = 0.0


@numba.njit(cache=True, nogil=True)
def _sum_up(rows, norms, levels, gap, stands, claimed, found):  # type: ignore[no-untyped-def]
    """Write what is left over of a side; words of which the lexicon is sure are claimed."""
    worst = dear = bare_run = 0.0
    for i in range(len(rows)):
        claim = 1.0 if levels[i] == _SURE else claimed[i]
        norm, bare = norms[i], 1.0 if claim == 0.0 else 0.0
        left = norm * (1.0 - claim)
        worst = max(worst, 0.0) + left - _PRICE * norm
        dear = max(dear, 0.0) + left - _DEAR * norm
        bare_run = max(bare_run, 0.0) + bare - _BARE_PRICE
        found[_WORST] = max(found[_WORST], worst)
        found[_WORST_DEAR] = max(found[_WORST_DEAR], dear)
        found[_WORST_BARE] = max(found[_WORST_BARE], bare_run)
        found[_LEFT] += left
        found[_BARE] += bare
        found[_BARE_WEIGHT] += bare * norm
        found[_WEIGHT] += norm
        found[_STANDS] += stands[rows[i]]
        if gap[0] <= i < gap[1]:
            found[_GAP_LEFT] += left
            found[_GAP_BARE] += bare
            found[_GAP_BARE_WEIGHT] += bare * norm
            found[_GAP_WEIGHT] += norm
            found[_GAP_STANDS] += stands[rows[i]]
    found[_WORDS] = len(rows)


@numba.njit(cache=True, nogil=True)
def _tell(ours, theirs, told):  # type: ignore[no-untyped-def]
    """Write what is told of a side, (TOLD,), by what is left over of it and of the other."""
    weight, gap_weight, words = max(ours[_WEIGHT], 1e-3), max(ours[_GAP_WEIGHT], 1e-3), max(ours[_WORDS], 1.0)
    told[0], told[1] = ours[_LEFT] ** 0.5, ours[_LEFT] / weight
    told[2], told[3] = ours[_GAP_LEFT] ** 0.5, ours[_GAP_LEFT] / gap_weight
    told[4], told[5], told[6] = ours[_WORST] ** 0.5, ours[_WORST_DEAR] ** 0.5, ours[_WORST_BARE] ** 0.5
    told[7], told[8] = ours[_BARE] / words, ours[_GAP_BARE]
    told[9], told[10] = ours[_BARE_WEIGHT] ** 0.5, ours[_GAP_BARE_WEIGHT] ** 0.5
    told[11] = ours[_GAP_BARE_WEIGHT] / gap_weight
    told[12], told[13] = theirs[_LEFT] ** 0.5, theirs[_LEFT] / max(theirs[_WEIGHT], 1e-3)
    told[14], told[15] = theirs[_WORST] ** 0.5, theirs[_WORST_BARE] ** 0.5
    told[16], told[17] = theirs[_BARE_WEIGHT] ** 0.5, theirs[_BARE] / max(theirs[_WORDS], 1.0)
    more = ours[_LEFT] - theirs[_LEFT]
    told[18], told[19], told[20] = more, more / weight, (more - ours[_GAP_LEFT]) / weight
    told[21], told[22] = ours[_BARE_WEIGHT] - theirs[_BARE_WEIGHT], (ours[_BARE] - theirs[_BARE]) / words
