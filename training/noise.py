"""Distort a line-aligned document and know the alignment of what comes out.

At each position of the document one event is drawn:

    merge   2 (or 3) neighbouring lines of one side become one line    bead 2-1, 1-2, 3-1 or 1-3
    move    a clause goes to the neighbouring line on one side         bead 2-2
    delete  a line of one side is dropped                              bead 1-0 or 0-1
    insert  a line of another document is put in on one side           bead 1-0 or 0-1
    mismatch  of two pairs only one's Hindi and the other's English stay, lines on one subject that say different things
                                                                       beads 1-0 and 0-1
    block   2 to 5 lines deleted, or 2 to 5 inserted (even chances)    as many null beads

A document may also begin (`head`) or end (`tail`) in a few lines of one other document on each side, no line's
translation among them, as articles begin in bylines and end in notices of their publishers; every other of these lines
is cut to its first words ("Comments" faces a disclaimer). They are as many null beads.

With `free`, each line first loses words, as a free translation shares few with its original; with `summary`, one side
in the end tells a part of the beads alone, in runs: the other side's lines of the rest are null beads.

The document may also be cut at lines that open with a date on both sides and its segments shuffled on the English side;
what comes before the first such line stays in front, and no event reaches from one segment into the next.

With `relocate`, blocks of 2 to 5 beads then go to another place of the document on the English side (the chance is that
of a block beginning at a bead that is in none); with `backwards` all the beads are told in reverse there.

An event that finds no room (a merge at the last line, a move where no clause ends) leaves the pair as it is. Nothing is
reworded, and no line is split but where a clause moves. A foreign line never equals or nearly equals a line of the
document, in either language, nor tells what one tells in another translation; and what the document tells twice is
not deleted, for its line would have a counterpart.

    >>> noisy = make_noisy(["वर्षा हुई।", "नदी भर गई।"], ["It rained.", "The river rose."], PLAIN, random.Random(1))
    >>> noisy.gold
    (((0,), (0,)), ((1,), (1,)))
"""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tithi.dates.find import opening_date
from tithi.errors import UsageError
from tithi.records import Lang
from training.events import TextBead, changed, null, whole
from training.foreign import Foreign, Pair, notices, told_again
from training.rates import Rates
from training.telling import freely, in_part, relocated, reshuffled

__all__ = ["GoldBead", "NoisyDocument", "dated_starts", "make_noisy"]

GoldBead = tuple[tuple[int, ...], tuple[int, ...]]

BLOCK = (2, 5)  # lines in a missing or added block

_LEAVES_ALONE = ("delete", "block", "mismatch")
_PREPOSITION = re.compile(r"(?:on|in|by|from|since) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NoisyDocument:
    """Two lists of lines and their beads: line numbers from 0, in Hindi order, each line in exactly one bead."""

    hi: tuple[str, ...]
    en: tuple[str, ...]
    gold: tuple[GoldBead, ...]


def make_noisy(
    hi_lines: Sequence[str],
    en_lines: Sequence[str],
    rates: Rates,
    rng: random.Random,
    foreign: Sequence[Pair] = (),
) -> NoisyDocument:
    """Distort one document in which line i of one side translates line i of the other.

    Args:
        hi_lines: Hindi lines, none blank.
        en_lines: As many English lines.
        rates: The chances of each event.
        rng: The source of chance; its state alone decides the outcome.
        foreign: (hi, en) pairs of other documents, in document order, that inserted lines are taken from.

    Returns:
        The distorted document. Should nothing be left of one side, the document is returned undistorted.

    Raises:
        UsageError: The sides differ in length, or inserts are asked for without `foreign` lines.
    """
    if len(hi_lines) != len(en_lines):
        raise UsageError(f"make_noisy: both sides need as many lines; got {len(hi_lines)}, {len(en_lines)}; align them")
    if (rates.insert or rates.block or rates.head or rates.tail) and not foreign:
        raise UsageError(
            "make_noisy: inserts need foreign lines; got none; give some or set insert, block, head, tail to 0"
        )
    pairs = list(zip(hi_lines, en_lines, strict=True))
    starts = dated_starts(pairs) if rates.shuffle else []
    again, pool = told_again(pairs), Foreign(foreign, pairs)
    if rates.free:
        pairs = freely(pairs, rates.free, rng)
    shuffled = len(starts) > 1 and rng.random() < rates.shuffle
    cuts = [0, *starts, len(pairs)] if shuffled else [0, len(pairs)]
    segments = [
        list(_distort(pairs[start:stop], again[start:stop], rates, rng, pool)) for start, stop in pairwise(cuts)
    ]
    if rates.summary and rng.random() < rates.summary:
        side = rng.randrange(2)
        segments = [list(in_part(segment, side, rng)) for segment in segments]
    if not all(any(bead[side] for segment in segments for bead in segment) for side in (0, 1)):
        segments = [[whole([pair]) for pair in pairs[start:stop]] for start, stop in pairwise(cuts)]
    if rates.tail and rng.random() < rates.tail:
        segments[-1].extend(null(line, side) for side, line in notices(pool, rng))
    if rates.head and rng.random() < rates.head:
        segments[0][:0] = [null(line, side) for side, line in notices(pool, rng)]
    if rates.backwards and rng.random() < rates.backwards:
        segments = [[bead] for segment in segments for bead in segment]
        return _number(segments, range(len(segments))[::-1])
    if rates.relocate:
        return _number(*relocated([bead for segment in segments for bead in segment], rates.relocate, rng))
    return _number(segments, reshuffled(len(segments), rng) if shuffled else range(len(segments)))


def dated_starts(pairs: Sequence[Pair]) -> list[int]:
    """Return the lines that open with a day or a month on both sides, at which a document can be cut.

    Example:
        >>> dated_starts([("वर्षा हुई।", "It rained."), ("5 मई को धूप थी।", "On May 5 the sun shone.")])
        [1]
    """
    return [number for number, (hi, en) in enumerate(pairs) if _opens(hi, "hi") and _opens(en, "en")]


def _opens(line: str, lang: Lang) -> bool:
    hit = opening_date(_PREPOSITION.sub("", line, count=1) if _PREPOSITION.match(line) else line, lang)
    return hit is not None and hit.span.edtf is not None and hit.span.precision in ("day", "month")


def _distort(
    pairs: Sequence[Pair], again: Sequence[bool], rates: Rates, rng: random.Random, foreign: Foreign
) -> Iterator[TextBead]:
    """Yield the beads of the distorted document; lines can be added after the last one too.

    `again` tells which pairs say what another of the document says: their lines are not left alone.
    """
    at = 0
    while at <= len(pairs):
        event, side = rates.draw(rng), rng.randrange(2)
        size = rng.randint(*BLOCK) if event == "block" else 1
        if event == "insert" or (event == "block" and rng.random() < 0.5):
            yield from (null(line, side) for line in foreign.take(size, side, rng))
            continue
        if event == "merge":
            size = 3 if rng.random() < rates.triple else 2
        if event in ("move", "mismatch"):
            size = 2
        taken = pairs[at : at + size]
        kept = event in _LEAVES_ALONE and any(again[at : at + size])
        beads = changed(event, taken, side, rng) if len(taken) == size and not kept else []
        if not beads:
            taken = taken[:1]
            beads = [whole([pair]) for pair in taken]
        yield from beads
        at += max(1, len(taken))


def _number(segments: Sequence[Sequence[TextBead]], order: Iterable[int]) -> NoisyDocument:
    """Number the lines, the Hindi segments as they come and the English ones in `order`."""
    hi: list[str] = []
    en: list[str] = []
    first: dict[int, int] = {}
    for index in order:
        first[index] = len(en)
        en.extend(line for _, lines in segments[index] for line in lines)
    gold: list[GoldBead] = []
    for index, segment in enumerate(segments):
        at = first[index]
        for his, ens in segment:
            gold.append((tuple(range(len(hi), len(hi) + len(his))), tuple(range(at, at + len(ens)))))
            hi.extend(his)
            at += len(ens)
    return NoisyDocument(tuple(hi), tuple(en), tuple(gold))
