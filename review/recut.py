"""An alignment cut anew so that certain beads stand in it: sentences, segments' ranges and beads stay whole."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tithi.records import Alignment, Bead, Document, Lang, Range, Segment, Sentence, Span

__all__ = ["Recut", "Wanted", "recut"]

_SIDES: Final[tuple[Lang, Lang]] = ("hi", "en")
REJECTED: Final = "rejected by a reviewer"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A bead that is to stand, with the places of its sentences.

    `made` tells that the sentences themselves were cut by hand; otherwise a side is one place that may hold several
    sentences. `verdict` is `accepted`, `rejected` or None.
    """

    key: str
    hi: tuple[Span, ...]
    en: tuple[Span, ...]
    made: bool
    verdict: str | None


@dataclass(frozen=True, slots=True)
class Recut:
    """The alignment, the pairs that were confirmed, and the wanted bead's name for each bead that stands for one."""

    alignment: Alignment
    forced: frozenset[Bead]
    keys: Mapping[Bead, str]


def recut(alignment: Alignment, wanted: Iterable[Wanted], unfit: list[str]) -> Recut:
    """Return the alignment in which the wanted beads stand; what could not be done is added to `unfit`."""
    listed = list(wanted)
    hi = _cut(alignment.hi, [span for bead in listed if bead.made for span in bead.hi])
    en = _cut(alignment.en, [span for bead in listed if bead.made for span in bead.en])
    new = {"hi": hi, "en": en}
    taken: dict[Lang, set[int]] = {"hi": set(), "en": set()}
    placed: list[tuple[Wanted, Range, Range]] = []
    standing = _standing(alignment)
    for bead in listed:
        ranges = [_range(new[lang], spans) for lang, spans in zip(_SIDES, (bead.hi, bead.en), strict=True)]
        if any(found is None for found in ranges) or any(
            taken[lang] & set(range(*found)) for lang, found in zip(_SIDES, ranges, strict=True) if found
        ):
            unfit.append(f"bead {bead.key}: its sentences are no longer neighbours, or are cut otherwise")
            continue
        (left, right) = (found or (0, 0) for found in ranges)
        if not bead.made and bead.verdict is None and _hulls(bead) not in standing:
            unfit.append(f"bead {bead.key}: it is aligned otherwise now")
            continue
        taken["hi"] |= set(range(*left))
        taken["en"] |= set(range(*right))
        placed.append((bead, left, right))
    return _assembled(replace(alignment, hi=hi, en=en), alignment, placed, taken)


def _assembled(
    new: Alignment, old: Alignment, placed: Sequence[tuple[Wanted, Range, Range]], taken: Mapping[Lang, set[int]]
) -> Recut:
    links = {lang: _link_of(new, lang) for lang in _SIDES}
    beads: list[Bead] = []
    forced: set[Bead] = set()
    keys: dict[Bead, str] = {}
    standing = _standing(old)
    for wanted, left, right in placed:
        score = standing[_hulls(wanted)].score if _hulls(wanted) in standing else 1.0
        confirmed = wanted.verdict == "accepted" or (wanted.made and wanted.verdict is None)
        bead = _bead(new, links, left, right, 1.0 if confirmed else score)
        if wanted.verdict == "rejected" and not bead.is_null:
            sides = ((left, (right[0], right[0])), ((left[0], left[0]), right))
            beads += [replace(_bead(new, links, *side, 1.0), reason=REJECTED) for side in sides]
            continue
        beads.append(bead)
        if not bead.is_null:
            keys[bead] = wanted.key
            if confirmed:
                forced.add(bead)
    for bead in old.beads:
        beads += _left_over(new, old, links, bead, taken)
    ordered = _ordered(beads)
    return Recut(replace(new, beads=tuple(ordered)), frozenset(forced), keys)


def _left_over(
    new: Alignment, old: Alignment, links: Mapping[Lang, Sequence[int]], bead: Bead, taken: Mapping[Lang, set[int]]
) -> list[Bead]:
    """Return what remains of an old bead: itself, if nothing took of it, or its sentences without counterpart."""
    sides: dict[Lang, list[int]] = {}
    touched = False
    for lang, sentences in zip(_SIDES, (bead.hi, bead.en), strict=True):
        before, after = (old.hi, new.hi) if lang == "hi" else (old.en, new.en)
        span = before.span(sentences)
        inside = [] if span is None else _within(after, span)
        sides[lang] = [index for index in inside if index not in taken[lang]]
        touched |= len(sides[lang]) < len(inside)
    hi, en = (_runs(sides[lang]) for lang in _SIDES)
    if not touched:
        left, right = hi[0] if hi else None, en[0] if en else None
        if left is None and right is None:
            return []
        made = _bead(new, links, left or (0, 0), right or (0, 0), bead.score)
        return [replace(made, reason=bead.reason)]
    return [_bead(new, links, run, (0, 0), 0.5) for run in hi] + [_bead(new, links, (0, 0), run, 0.5) for run in en]


def _ordered(beads: Sequence[Bead]) -> list[Bead]:
    """Return beads in the order of the Hindi; an empty side is given the place where it stands among its side."""
    hindi = sorted((bead for bead in beads if bead.hi[0] < bead.hi[1]), key=lambda bead: bead.hi)
    alone = sorted((bead for bead in beads if bead.hi[0] == bead.hi[1]), key=lambda bead: bead.en)
    starts = sorted((bead.en[0], at) for at, bead in enumerate(hindi) if bead.en[0] < bead.en[1])
    after: dict[int, list[Bead]] = {}
    seen = 0
    for bead in alone:
        while seen < len(starts) and starts[seen][0] < bead.en[0]:
            seen += 1
        after.setdefault(starts[seen - 1][1] if seen else -1, []).append(bead)
    found = after.get(-1, [])
    for at, bead in enumerate(hindi):
        found += [bead, *after.get(at, [])]
    hi_at = en_at = 0
    for at, bead in enumerate(found):
        if bead.hi[0] == bead.hi[1]:
            found[at] = replace(bead, hi=(hi_at, hi_at))
        elif bead.en[0] == bead.en[1]:
            found[at] = replace(bead, en=(en_at, en_at))
        hi_at, en_at = max(hi_at, bead.hi[1]), max(en_at, bead.en[1])
    return found


def _cut(document: Document, spans: Iterable[Span]) -> Document:
    """Return the document with its sentences cut at the borders of `spans`, which become sentences of their own.

    A span that crosses the border of a segment, or holds a heading, is left out.
    """
    text = document.article.text
    kept = sorted(
        span
        for span in dict.fromkeys(spans)
        if any(
            s.start <= span[0]
            and span[1] <= s.stop
            and not (s.heading and s.heading[0] < span[1] and span[0] < s.heading[1])
            for s in document.segments
        )
    )
    places: list[Span] = list(kept)
    for sentence in document.sentences:
        at = sentence.start
        for start, stop in kept:
            if start < sentence.stop and at < stop:
                places += _trimmed(text, at, min(start, sentence.stop))
                at = max(at, stop)
        places += _trimmed(text, at, sentence.stop)
    sentences = tuple(Sentence(start, stop, text[start:stop]) for start, stop in sorted(set(places)))
    segments: list[Segment] = []
    for segment in document.segments:
        inside = [k for k, s in enumerate(sentences) if segment.start <= s.start < segment.stop]
        first = inside[0] if inside else (segments[-1].sentences[1] if segments else 0)
        segments.append(replace(segment, sentences=(first, first + len(inside))))
    return Document(document.article, tuple(segments), sentences)


def _trimmed(text: str, start: int, stop: int) -> list[Span]:
    if start >= stop:
        return []
    piece = text[start:stop]
    first, last = start + len(piece) - len(piece.lstrip()), stop - len(piece) + len(piece.rstrip())
    return [(first, last)] if first < last else []


def _range(document: Document, spans: Sequence[Span]) -> Range | None:
    """Return the sentences that lie in `spans`, None unless they fill them but for punctuation; empty without spans."""
    if not spans:
        return 0, 0
    start, stop = spans[0][0], spans[-1][1]
    sentences, text = document.sentences, document.article.text
    first = bisect_right(sentences, start, key=lambda sentence: sentence.stop)
    last = bisect_left(sentences, stop, lo=first, key=lambda sentence: sentence.start)
    if first == last:
        return None
    outside = text[sentences[first].start : start] + text[stop : sentences[last - 1].stop]
    missed = text[start : sentences[first].start] + text[sentences[last - 1].stop : stop]
    return None if any(map(str.isalnum, outside + missed)) else (first, last)


def _within(document: Document, span: Span) -> list[int]:
    sentences = document.sentences
    first = bisect_left(sentences, span[0], key=lambda sentence: sentence.start)
    last = bisect_left(sentences, span[1], lo=first, key=lambda sentence: sentence.start)
    return [k for k in range(first, last) if sentences[k].stop <= span[1]]


def _runs(indexes: Sequence[int]) -> list[Range]:
    runs: list[Range] = []
    for index in indexes:
        if runs and runs[-1][1] == index:
            runs[-1] = runs[-1][0], index + 1
        else:
            runs.append((index, index + 1))
    return runs


def _link_of(alignment: Alignment, lang: Lang) -> list[int]:
    """Return the link of every sentence."""
    document = alignment.hi if lang == "hi" else alignment.en
    of = {k: n for n, link in enumerate(alignment.links) for k in (link.hi if lang == "hi" else link.en)}
    return [of[k] for k, segment in enumerate(document.segments) for _ in range(*segment.sentences)]


def _bead(new: Alignment, links: Mapping[Lang, Sequence[int]], hi: Range, en: Range, score: float) -> Bead:
    lang: Lang = "hi" if hi[0] < hi[1] else "en"
    first = hi[0] if lang == "hi" else en[0]
    document = new.hi if lang == "hi" else new.en
    place = document.sentences[first].start
    date = next((segment.date for segment in document.segments if segment.start <= place < segment.stop), None)
    return Bead(hi, en, score, date, links[lang][first])


def _standing(alignment: Alignment) -> dict[tuple[Span | None, Span | None], Bead]:
    """Return the beads by the places of their sides."""
    return {(alignment.hi.span(bead.hi), alignment.en.span(bead.en)): bead for bead in alignment.beads}


def _hulls(wanted: Wanted) -> tuple[Span | None, Span | None]:
    hi, en = ((side[0][0], side[-1][1]) if side else None for side in (wanted.hi, wanted.en))
    return hi, en
