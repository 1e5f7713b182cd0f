"""The pairs of bitexts cut into stretches, each of which will be an article: by what they hold, not by their number.

A stretch ends behind a pair whose digest says so, at some chance after sixteen pairs, so that a line that is put in,
taken out or changed moves the ends near it, and all others stay: what stands behind it is not checked again. A stretch
is named by the pair in it whose digest is the least. That name stays as long as this pair does, and the split with it.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tithi.corpus.bounds import Bound
from tithi.errors import DataError
from tithi.records import Reject, Source, TextPair
from tithi.sources.bitext import read_bitext
from tithi.sources.pairs import PairFile
from tithi.sources.seen import Seen

__all__ = ["PAIRS", "Stretch", "stretches"]

PAIRS: Final = 50
"""So many pairs are in a stretch, about."""
_BOUND: Final = Bound("stretch", 16, 36, 160)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pairs that follow one another, to be an article."""

    where: str
    id: str
    pairs: tuple[TextPair, ...]
    source: Source


def stretches(found: Sequence[PairFile], source: Source, name: str | None = None) -> Iterator[Stretch | Reject]:
    """Yield the pairs of bitexts in stretches, and what cannot be used as it comes.

    Args:
        found: The bitexts; no stretch goes from one into the next.
        source: What is known of their origin.
        name: What ids begin with; None: the name of the file.

    Raises:
        DataError: A file is not what its name says, or no pair can be used.
    """
    seen, named = Seen(), Seen()
    first: Reject | None = None
    empty = True
    for bitext in found:
        prefix = re.sub(r"[^A-Za-z0-9._-]+", "-", name or bitext.name).strip("-._") or "bitext"
        origin = replace(source, path=str(bitext.files[0]))
        for batch in _batches(read_bitext(bitext, seen)):
            if isinstance(batch, Reject):
                first = first or batch
                yield batch
                continue
            empty = False
            yield Stretch(batch[0].where, _unused(f"{prefix[:120]}-{_least(batch)}", named), tuple(batch), origin)
    if first is not None and empty:
        raise DataError(f"{first.where}: {first.reason} (as with every other pair)")


def _batches(pairs: Iterable[TextPair | Reject]) -> Iterator[list[TextPair] | Reject]:
    """Yield pairs in stretches; rejects as they come."""
    batch: list[TextPair] = []
    for pair in pairs:
        if isinstance(pair, Reject):
            yield pair
            continue
        batch.append(pair)
        if _BOUND.ends(len(batch), 1, f"{pair.hi}\t{pair.en}"):
            yield batch
            batch = []
    if batch:
        yield batch


def _least(batch: Sequence[TextPair]) -> str:
    """Return the least of the digests of pairs."""
    return min(hashlib.blake2b(f"{pair.hi}\t{pair.en}".encode(), digest_size=6).hexdigest() for pair in batch)


def _unused(wanted: str, named: Seen) -> str:
    """Return an id, with a number behind it where another stretch has the same: one of a hundred million will."""
    number = 1
    found = wanted
    while not named.add(int.from_bytes(hashlib.blake2b(found.encode(), digest_size=8).digest())):
        number += 1
        found = f"{wanted}-{number}"
    return found
