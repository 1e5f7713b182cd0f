"""Article pairs of a manifest, some at a time: they are cut first, their sentences encoded together, then aligned.

One article's sentences are too few for an encoder to be quick; those of a batch cost half as much.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Final, TypeVar

from tithi.aligner.segments import Cut
from tithi.encoder.ahead import Ahead
from tithi.encoder.protocol import Encoder, SumEncoder
from tithi.pipeline.jobs import attempt
from tithi.records import Reject
from tithi.sources.manifest import ManifestEntry

__all__ = ["Batch", "batches", "worked_together"]

#: So many pairs are handed over at once, and encoded together until their texts hold so many characters.
_AT_ONCE: Final = 16
_CHARACTERS: Final = 500_000

R = TypeVar("R")
Cuts = tuple[Cut, Cut]


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries of a manifest that follow one another, and rejects among them."""

    entries: tuple[ManifestEntry | Reject, ...]

    @property
    def where(self) -> str:
        """Where the first was listed."""
        return self.entries[0].where

    @property
    def id(self) -> str:
        """The id of the first."""
        return self.entries[0].id or ""


def batches(entries: Iterable[ManifestEntry | Reject]) -> Iterator[Batch]:
    """Yield all entries in batches, in order."""
    left = iter(entries)
    while some := tuple(islice(left, _AT_ONCE)):
        yield Batch(some)


def worked_together(
    batch: Batch,
    cut: Callable[[ManifestEntry], Cuts],
    work: Callable[[ManifestEntry, Cuts, Encoder], R],
    encoder: Encoder,
) -> list[R | Reject]:
    """Return `work` of each entry, in order, with its two sides as `cut` cuts them; what cannot be done is a reject.

    `work` gets an encoder that knows the texts of the whole batch already.
    """
    done: list[R | Reject] = []
    held: list[_Held | Reject] = []
    size = 0
    for entry in batch.entries:
        held.append(entry if isinstance(entry, Reject) else attempt(partial(_held, cut), entry))
        size += held[-1].size if isinstance(held[-1], _Held) else 0
        if size >= _CHARACTERS:
            done += _done(held, work, encoder)
            held, size = [], 0
    return done + _done(held, work, encoder)


@dataclass(frozen=True, slots=True)
class _Held:
    """An entry whose sides are cut."""

    entry: ManifestEntry
    cuts: Cuts

    @property
    def where(self) -> str:
        return self.entry.where

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def size(self) -> int:
        return sum(len(side.document.article.text) for side in self.cuts)


def _held(cut: Callable[[ManifestEntry], Cuts], entry: ManifestEntry) -> _Held:
    return _Held(entry, cut(entry))


def _done(
    held: list[_Held | Reject], work: Callable[[ManifestEntry, Cuts, Encoder], R], encoder: Encoder
) -> list[R | Reject]:
    known = _ahead(encoder, [item.cuts for item in held if isinstance(item, _Held)])

    def of(item: _Held) -> R:
        return work(item.entry, item.cuts, known)

    return [attempt(of, item) if isinstance(item, _Held) else item for item in held]


def _ahead(encoder: Encoder, cuts: list[Cuts]) -> Encoder:
    """Return the encoder, with the texts encoded where their vectors add up."""
    if len(cuts) < 2 or not isinstance(encoder, SumEncoder):
        return encoder
    try:
        return Ahead(encoder, *([text for both in cuts for text in both[side].texts] for side in (0, 1)))
    except Exception:  # whatever it is, it comes again, of the pair that it is of
        return encoder
