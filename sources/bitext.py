"""Bitexts in: pairs that others aligned, as they stand in files, made ready for a dataset.

Blanks around a text go. A pair that cannot be used (a side is empty, too long, a repetition) becomes a `Reject`; a file
whose sides are swapped is an error. Memory holds a hundred pairs, and 8 bytes of digest for each pair.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final

from tithi.errors import DataError
from tithi.records import (
    Alignment,
    Article,
    Bead,
    Document,
    Lang,
    Reject,
    Segment,
    SegmentLink,
    Sentence,
    Source,
    TextPair,
)
from tithi.script import count_letters
from tithi.sources.pairs import PairFile, read_pairs, usable
from tithi.sources.seen import Seen

__all__ = ["bitext_alignment", "read_bitext"]

_SAMPLE: Final = 100


def read_bitext(bitext: PairFile, seen: Seen | None = None) -> Iterator[TextPair | Reject]:
    """Yield the pairs of a bitext in order, and what cannot be used as `Reject`.

    Args:
        bitext: One of `tithi.sources.pairs.pair_files`.
        seen: The pairs met so far; share it to find repetitions between bitexts. Pairs that differ in
            blanks, case or the writing of a nukta are the same.

    Raises:
        DataError: While iterating: as `tithi.sources.pairs.read_pairs` does, or the first hundred pairs say that the
            sides are swapped.
    """
    pairs = _distinct(usable(read_pairs(bitext)), Seen() if seen is None else seen)
    first = list(islice(pairs, _SAMPLE))
    _check_sides(bitext, [pair for pair in first if isinstance(pair, TextPair)])
    yield from chain(first, pairs)


def bitext_alignment(
    article_id: str, pairs: Sequence[TextPair], scores: Sequence[float], source: Source | None = None
) -> Alignment:
    """Return pairs as an alignment: an undated article a side, a sentence a text, a 1-1 bead a pair.

    Args:
        article_id: The id of the article pair.
        pairs: One or more; a text stays whole, however many sentences it holds.
        scores: For each pair the probability in [0, 1] that its texts belong together.
        source: Where they come from.
    """
    beads = tuple(
        Bead((number, number + 1), (number, number + 1), score, None, 0)
        for number, (_, score) in enumerate(zip(pairs, scores, strict=True))
    )
    source = source or Source(pairs[0].where)
    hi = _document("hi", [pair.hi for pair in pairs], source)
    en = _document("en", [pair.en for pair in pairs], source)
    return Alignment(article_id, hi, en, (SegmentLink((0,), (0,), "position"),), beads)


def _document(lang: Lang, texts: Sequence[str], source: Source) -> Document:
    sentences = []
    start = 0
    for text in texts:
        sentences.append(Sentence(start, start + len(text), text))
        start += len(text) + 1
    article = Article(lang, "".join(f"{text}\n" for text in texts), source)
    return Document(article, (Segment(0, start, None, None, (0, len(texts))),), tuple(sentences))


def _distinct(pairs: Iterable[TextPair | Reject], seen: Seen) -> Iterator[TextPair | Reject]:
    """Turn repetitions into rejects, and leave out the blanks around texts."""
    for pair in pairs:
        if isinstance(pair, Reject):
            yield pair
            continue
        hi, en = pair.hi.strip(), pair.en.strip()
        key = hashlib.blake2b(f"{_folded(hi)}\t{_folded(en)}".encode(), digest_size=8).digest()
        if seen.add(int.from_bytes(key)):
            yield TextPair(pair.where, hi, en, pair.id)
        else:
            yield Reject(pair.where, pair.id, "repeats an earlier pair")


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _check_sides(bitext: PairFile, pairs: Sequence[TextPair]) -> None:
    """Raise `DataError` when the first pairs have no more Devanagari on the Hindi side than on the English one."""
    hi, _ = count_letters(pair.hi for pair in pairs)
    en, _ = count_letters(pair.en for pair in pairs)
    if pairs and hi <= en:
        raise DataError(
            f"{bitext.files[0]}: its first side must be Hindi in Devanagari, its second English; got {hi} and {en}"
            f" Devanagari letters in {len(pairs)} pairs; are the sides swapped?"
        )
