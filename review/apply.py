"""Decisions obeyed by a build: what people said of the beads of an article pair is put into its new alignment.

A bead that was accepted or made by hand is forced upon the alignment, one that was rejected is taken apart, dates and
texts are corrected and false alarms are dropped. Places are found again when only blanks and punctuation changed (see
`anchor`); a decision whose text is gone, or whose sentences are no neighbours any more, is told as unfit.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tithi.records import Alignment, Bead, Document, Lang, Quality, Segment, Sentence, Span
from tithi.review.anchor import Anchor
from tithi.review.decisions import Decision, key_spans, signature
from tithi.review.fold import Folded, fold
from tithi.review.recut import Wanted, recut

__all__ = ["Applied", "Texts", "apply"]

_SIDES: Final[tuple[Lang, Lang]] = ("hi", "en")
Texts = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Applied:
    """An alignment after its decisions.

    `confirmed` are the pairs that no threshold may take apart; `alarms` the issues that are none, by pair; `fits` how
    many decisions were obeyed and `unfit` says of each other why not.
    """

    alignment: Alignment
    confirmed: frozenset[Bead]
    alarms: Mapping[Bead, frozenset[str]]
    fits: int
    unfit: tuple[str, ...]

    def judged(self, pair: Bead, quality: Quality) -> Quality:
        """Return the quality of a pair without its false alarms."""
        false = self.alarms.get(pair, frozenset())
        kept = tuple(
            issue
            for issue in quality.issues
            if f"{issue.kind}: *" not in false
            and signature({"kind": issue.kind, "message": issue.message}) not in false
        )
        return replace(quality, issues=kept) if len(kept) < len(quality.issues) else quality


def apply(alignment: Alignment, decisions: Iterable[Decision], texts: Texts) -> Applied:
    """Return the alignment with the decisions on it obeyed.

    Args:
        alignment: What was aligned.
        decisions: Those on this article pair that stand, in order.
        texts: The texts that decisions speak of, Hindi and English, by digest.
    """
    listed = list(decisions)
    if not listed:
        return Applied(alignment, frozenset(), {}, 0, ())
    unfit: list[str] = []
    old = texts.get(listed[-1].digest)
    if old is None:
        return Applied(alignment, frozenset(), {}, 0, tuple(f"{item.kind}: its text is not kept" for item in listed))
    anchors = {
        lang: Anchor(before, document.article.text)
        for lang, before, document in zip(_SIDES, old, (alignment.hi, alignment.en), strict=True)
    }
    state = fold(listed)
    wanted, alarms = _wanted(state, anchors, unfit)
    done = recut(alignment, wanted, unfit)
    made = _dated(done.alignment, state, anchors, unfit)
    made = _corrected(made, state, anchors, unfit)
    beads = dict(zip(done.alignment.beads, made.beads, strict=True))
    confirmed = frozenset(beads[bead] for bead in done.forced)
    false = {beads[bead]: alarms[key] for bead, key in done.keys.items() if key in alarms}
    return Applied(made, confirmed, false, max(len(listed) - len(unfit), 0), tuple(unfit))


def _wanted(
    state: Folded, anchors: Mapping[Lang, Anchor], unfit: list[str]
) -> tuple[list[Wanted], dict[str, frozenset[str]]]:
    """Return the beads that are to stand, each with its places now."""
    wanted = []
    alarms = {key: frozenset(false) for key in state.alarms if (false := state.false_alarms(key))}
    for key in dict.fromkeys((*state.made, *state.verdicts, *alarms)):
        verdict = state.verdict(key)
        if key in state.gone and key not in state.made:
            continue
        made = state.made.get(key)
        if made is not None:
            spans: Sequence[Sequence[Span]] = (made.hi, made.en)
        else:
            spans = tuple([span] if span else [] for span in key_spans(key))
        found = [[anchors[lang].find(span) for span in side] for lang, side in zip(_SIDES, spans, strict=True)]
        if any(place is None for side in found for place in side):
            unfit.append(f"bead {key}: its text is no longer there")
            continue
        hi, en = ([place for place in side if place is not None] for side in found)
        wanted.append(Wanted(key, tuple(hi), tuple(en), made is not None, verdict))
    return wanted, alarms


def _dated(alignment: Alignment, state: Folded, anchors: Mapping[Lang, Anchor], unfit: list[str]) -> Alignment:
    """Return the alignment with the dates of its segments corrected."""
    documents = {"hi": alignment.hi, "en": alignment.en}
    for (segment, lang), (date, span) in state.dates.items():
        place = anchors[lang].find(span)
        index = None if place is None else _segment_at(documents[lang].segments, place[0])
        if index is None:
            unfit.append(f"date of {segment} ({lang}): the segment is no longer there")
            continue
        changed = list(documents[lang].segments)
        changed[index] = replace(changed[index], date=date)
        documents[lang] = replace(documents[lang], segments=tuple(changed))
    hi, en = documents["hi"], documents["en"]
    beads = (
        tuple(replace(bead, date=_date(bead, hi, en)) for bead in alignment.beads) if state.dates else alignment.beads
    )
    return replace(alignment, hi=hi, en=en, beads=beads)


def _date(bead: Bead, hi: Document, en: Document) -> str | None:
    for document, sentences in ((hi, bead.hi), (en, bead.en)):
        if sentences[0] < sentences[1]:
            index = _segment_at(document.segments, document.sentences[sentences[0]].start)
            date = None if index is None else document.segments[index].date
            if date is not None:
                return date
    return None


def _segment_at(segments: Sequence[Segment], place: int) -> int | None:
    return next((k for k, segment in enumerate(segments) if segment.start <= place < segment.stop), None)


def _corrected(alignment: Alignment, state: Folded, anchors: Mapping[Lang, Anchor], unfit: list[str]) -> Alignment:
    """Return the alignment with its sentences reading as they were corrected."""
    documents = {"hi": alignment.hi, "en": alignment.en}
    for lang in _SIDES:
        edits: dict[int, str] = {}
        places = {(sentence.start, sentence.stop): k for k, sentence in enumerate(documents[lang].sentences)}
        for (of, span), history in state.texts.items():
            text = history[-1][2]
            if of != lang or text is None:
                continue
            place = anchors[lang].find(span)
            index = None if place is None else places.get(place)
            if index is None or not text.strip():
                unfit.append(f"text {span[0]}-{span[1]} ({lang}): the sentence is no longer there")
            else:
                edits[index] = text.strip()
        documents[lang] = _rewritten(documents[lang], edits)
    return replace(alignment, hi=documents["hi"], en=documents["en"])


def _rewritten(document: Document, edits: Mapping[int, str]) -> Document:
    """Return a document in which sentences read otherwise; everything behind them moves along."""
    if not edits:
        return document
    text = document.article.text
    parts, shifts, at, shift = [], [], 0, 0
    for index in sorted(edits):
        sentence = document.sentences[index]
        parts += [text[at : sentence.start], edits[index]]
        at = sentence.stop
        shift += len(edits[index]) - (sentence.stop - sentence.start)
        shifts.append((sentence.stop, shift))
    whole = "".join([*parts, text[at:]])

    def moved(place: int) -> int:
        return place + next((by for start, by in reversed(shifts) if place >= start), 0)

    sentences = tuple(
        Sentence(moved(s.start), moved(s.stop), whole[moved(s.start) : moved(s.stop)]) for s in document.sentences
    )
    segments = tuple(
        replace(
            s,
            start=moved(s.start),
            stop=moved(s.stop),
            heading=None if s.heading is None else (moved(s.heading[0]), moved(s.heading[1])),
        )
        for s in document.segments
    )
    return Document(replace(document.article, text=whole), segments, sentences)
