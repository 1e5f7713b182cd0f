"""Which words of a pair belong together by their vectors: what `stretch` sees of each word; compiled.

A word's neighbours decide where its vector alone does not: a word said twice here and once there is linked once.
"""

from tithi.compiling import kept

__all__ = [
    "AT",
    "BEST",
    "CLAIM",
    "FIRM",
    "LACK",
    "LINKED",
    "NEAR",
    "NORM",
    "PART",
    "ROOM",
    "ROWS",
    "SEEN",
    "SUM",
    "TOWARD",
    "tie",
]

#: Rows of what is seen of each word, and after them those of the workspace: its weight, its best cosine, what of the
#: other side it can claim for itself, how well its neighbours agree with those of its counterpart; then by links, of
#: which each word has one to give: how much of one it gets, the weight of the words it gets them from, its surest link,
#: how much on the other side is left without a link beside the counterparts of its neighbours.
NORM, BEST, CLAIM, NEAR, LINKED, PART, FIRM, ROOM, SEEN = range(9)
TOWARD, SUM, LACK, AT, _SHARED, _RIVALS, _TO, ROWS = range(SEEN, SEEN + 8)
#: A counterpart's share that no word claims, and the words before and after, here and there, that are neighbours.
_UNCLAIMED = 0.3**4
_REACH, _REACH_THERE = 2, 4
#: The least cosine of a link, the share of its strength that does not hang on the links beside it, what no link takes,
#: and from when on a link is firm.
_FAINT, _ALONE, _SPARE, _SURE = 0.2, 0.2, 0.005, 0.4


@kept()
def tie(gram, work, count, words):  # type: ignore[no-untyped-def]
    """Write what is seen of each of the `words`, the first `count` being Hindi, but `NORM` and `BEST`, which are given.

    `AT` is given, too, the counterpart of each word; `gram[j, i]` are the cosines of the Hindi words `i` and the
    English `j`. What is in `gram[i, j]` is lost.
    """
    _claim(gram, work, count, words)
    _agree(gram, work, count, words)
    _link(gram, work, count, words)
    _room(work, 0, count, words)


@kept()
def _claim(gram, work, count, words):  # type: ignore[no-untyped-def]
    """Write how much of the other side's weight each word can claim, in its own weights: each is given away once."""
    for i in range(count):
        for j in range(count, words):
            square = max(gram[j, i], 0.0) ** 2
            work[_SHARED, i] += square * square
            work[_SHARED, j] += square * square
    for i in range(count):
        for j in range(count, words):
            square = max(gram[j, i], 0.0) ** 2
            work[CLAIM, i] += square * square * work[NORM, j] / (work[_SHARED, j] + _UNCLAIMED)
            work[CLAIM, j] += square * square * work[NORM, i] / (work[_SHARED, i] + _UNCLAIMED)
    for i in range(words):
        work[CLAIM, i] /= max(work[NORM, i], 1e-6)


@kept()
def _agree(gram, work, count, words):  # type: ignore[no-untyped-def]
    """Write how well the words around each agree with those around its counterpart, in [0, 1]."""
    for i in range(words):
        begin, end, first, last = (0, count, count, words) if i < count else (count, words, 0, count)
        at = int(work[AT, i])
        for beside in range(max(begin, i - _REACH), min(end, i + _REACH + 1)):
            if beside == i:
                continue
            best = 0.0
            for j in range(max(first, at - _REACH_THERE), min(last, at + _REACH_THERE + 1)):
                best = max(best, gram[j, beside] if i < count else gram[beside, j])
            work[NEAR, i] += best / (2 * _REACH)


@kept()
def _link(gram, work, count, words):  # type: ignore[no-untyped-def]
    """Give the words of both sides to each other, and write what each gets.

    A word said twice here and once there is linked once: where the words beside it are linked too. The links stand
    where the products of both sides stood, which are no longer needed.
    """
    for i in range(count):
        for j in range(count, words):
            cosine = gram[j, i]
            gram[i, j] = 0.0
            if cosine < _FAINT:
                continue
            near, beside = 0.0, 0
            for a in range(max(0, i - _REACH), min(count, i + _REACH + 1)):
                if a == i:
                    continue
                best = 0.0
                for b in range(max(count, j - _REACH_THERE), min(words, j + _REACH_THERE + 1)):
                    if b != j:
                        best = max(best, gram[b, a])
                near += best
                beside += 1
            fit = cosine * (_ALONE + (1.0 - _ALONE) * near / max(beside, 1))
            gram[i, j] = fit * fit * fit**0.5
            work[_RIVALS, i] += gram[i, j]
            work[_RIVALS, j] += gram[i, j]
    for i in range(count):
        for j in range(count, words):
            if gram[i, j] == 0.0:
                continue
            link = gram[i, j] / ((work[_RIVALS, i] + _SPARE) * (work[_RIVALS, j] + _SPARE)) ** 0.5
            for ours, theirs in ((i, j), (j, i)):
                work[LINKED, ours] += link
                work[PART, ours] += link * work[NORM, theirs]
                if link > work[FIRM, ours]:
                    work[FIRM, ours], work[_TO, ours] = link, theirs


@kept()
def _room(work, begin, count, words):  # type: ignore[no-untyped-def]
    """Write what weight without a link is around the counterparts of the next linked words before and after each."""
    for i in range(words):
        start, end, first, last = (begin, count, count, words) if i < count else (count, words, begin, count)
        for step in (-1, 1):
            at = i + step
            while start <= at < end and work[FIRM, at] <= _SURE:
                at += step
            if not start <= at < end:
                continue
            free, to = 0.0, int(work[_TO, at])
            for j in range(max(first, to - _REACH_THERE), min(last, to + _REACH_THERE + 1)):
                free += max(1.0 - work[LINKED, j], 0.0) * work[NORM, j]
            work[ROOM, i] = max(work[ROOM, i], free)
