"""Article pairs of a manifest, some at a time: they are cut first, their sentences encoded together, then aligned.

One article's sentences are too few for an encoder to be quick; those of a batch cost half as much.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Final, Generic, TypeVar

from tithi.aligner.segments import Cut
from tithi.encoder.ahead import Ahead
from tithi.encoder.protocol import Encoder, SumEncoder
from tithi.pipeline.jobs import Item, attempt
from tithi.records import Reject
from tithi.sources.manifest import ManifestEntry

__all__ = ["Batch", "batches", "worked_together"]

#: So many pairs are handed over at once, and encoded together until their texts hold so many characters.
_AT_ONCE: Final = 16
_CHARACTERS: Final = 500_000

T = TypeVar("T", bound=Item)
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
    items: Iterable[T | Reject],
    cut: Callable[[T], Cuts],
    work: Callable[[T, Cuts, Encoder], R],
    encoder: Encoder,
) -> list[R | Reject]:
    """Return `work` of each item, in order, with its two sides as `cut` cuts them; what cannot be done is a reject.

    `work` gets an encoder that knows the texts of many items already.
    """
    done: list[R | Reject] = []
    held: list[_Held[T] | Reject] = []
    size = 0
    for item in items:
        held.append(item if isinstance(item, Reject) else attempt(partial(_held, cut), item))
        size += held[-1].size if isinstance(held[-1], _Held) else 0
        if size >= _CHARACTERS:
            done += _done(held, work, encoder)
            held, size = [], 0
    return done + _done(held, work, encoder)


@dataclass(frozen=True, slots=True)
class _Held(Generic[T]):
    """An item whose sides are cut."""

    item: T
    cuts: Cuts

    @property
    def where(self) -> str:
        return self.item.where

    @property
    def id(self) -> str:
        return self.item.id

    @property
    def size(self) -> int:
        return sum(len(side.document.article.text) for side in self.cuts)


def _held(cut: Callable[[T], Cuts], item: T) -> _Held[T]:
    return _Held(item, cut(item))


def _done(held: list[_Held[T] | Reject], work: Callable[[T, Cuts, Encoder], R], encoder: Encoder) -> list[R | Reject]:
    known = _ahead(encoder, [one.cuts for one in held if isinstance(one, _Held)])

    def of(one: _Held[T]) -> R:
        return work(one.item, one.cuts, known)

    return [attempt(of, one) if isinstance(one, _Held) else one for one in held]


def _ahead(encoder: Encoder, cuts: list[Cuts]) -> Encoder:
    """Return the encoder, with the texts encoded where their vectors add up."""
    if len(cuts) < 2 or not isinstance(encoder, SumEncoder):
        return encoder
    try:
        return Ahead(encoder, *([text for both in cuts for text in both[side].texts] for side in (0, 1)))
    except Exception:  # whatever it is, it comes again, of the pair that it is of
        return encoder
