"""What a document's beads share with gold beads, counted: beads, sentences and links."""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from tithi.eval.beads import BeadIndex

__all__ = ["COUNTS", "count_beads"]

COUNTS: Final = (
    *("strict", "system", "gold", "lax", "lax_gold"),
    *("null", "null_system", "null_gold", "null_bead", "null_beads"),
    *("link", "link_system", "link_gold", "sure", "sure_gold"),
)
"""How many are right, the system has, gold has (of `lax` right, and right in gold); `null` by sentence and by bead."""


def count_beads(gold: Sequence[BeadIndex], system: Sequence[BeadIndex]) -> list[int]:
    """Return the counts of a document's beads, one for each of `COUNTS`; counts of documents add up."""
    gold_all, system_all = set(gold), set(system)
    gold_pairs = {b for b in gold_all if not b.is_null}
    system_pairs = {b for b in system_all if not b.is_null}
    links = list(_links(gold_pairs, system_pairs))
    sure = {b for b in gold_pairs if min(len(b.hi), len(b.en)) == 1}
    gold_nulls, system_nulls = gold_all - gold_pairs, system_all - system_pairs
    return [
        len(gold_pairs & system_pairs),
        len(system_pairs),
        len(gold_pairs),
        len({bead for _, bead, _ in links}),
        len({bead for bead, _, _ in links}),
        sum(count for side in ("hi", "en") for _, _, count in _shared(gold_nulls, system_nulls, side)),
        sum(len(b.hi) + len(b.en) for b in system_nulls),
        sum(len(b.hi) + len(b.en) for b in gold_nulls),
        len(system_nulls & gold_all),
        len(system_nulls),
        sum(count for _, _, count in links),
        sum(len(b.hi) * len(b.en) for b in system_pairs),
        sum(len(b.hi) * len(b.en) for b in gold_pairs),
        sum(count for bead, _, count in links if bead in sure),
        sum(len(b.hi) * len(b.en) for b in sure),
    ]


def _shared(
    ours: set[BeadIndex], theirs: set[BeadIndex], side: Literal["hi", "en"]
) -> Iterator[tuple[BeadIndex, BeadIndex, int]]:
    """Yield the beads of two parties that share sentences on a side, and how many; one pass over both, in order."""

    def run(bead: BeadIndex) -> range:
        return bead.hi if side == "hi" else bead.en

    waiting = [
        sorted((b for b in party if run(b)), key=lambda b: run(b).start, reverse=True) for party in (ours, theirs)
    ]
    while all(waiting):
        mine, other = waiting[0][-1], waiting[1][-1]
        a, b = run(mine), run(other)
        count = min(a.stop, b.stop) - max(a.start, b.start)
        if count > 0:
            yield mine, other, count
        waiting[0 if a.stop <= b.stop else 1].pop()


def _links(gold: set[BeadIndex], system: set[BeadIndex]) -> Iterator[tuple[BeadIndex, BeadIndex, int]]:
    """Yield the beads that share links, and how many: shared Hindi sentences times shared English ones."""
    for mine, other, count in _shared(gold, system, "hi"):
        shared = min(mine.en.stop, other.en.stop) - max(mine.en.start, other.en.start)
        if shared > 0:
            yield mine, other, count * shared
