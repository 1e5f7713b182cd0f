"""Decisions obeyed by a build: what people said of the beads of an article pair is put into its new alignment.

A bead that was accepted or made by hand is forced upon the alignment, one that was rejected is taken apart, dates and
texts are corrected, false alarms dropped and missed issues told. Places are found again when only blanks and
punctuation changed (see `placed`); a decision whose text is gone, or whose sentences are no neighbours any more, is
told as unfit.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from tithi.records import Alignment, Bead, Document, Issue, Lang, Quality, Segment, Sentence, Span
from tithi.review.anchor import edited
from tithi.review.decisions import Decision, key_spans, missed_message
from tithi.review.fold import Folded, fold
from tithi.review.placed import Texts, placed, text_edits
from tithi.review.recut import Wanted, recut

__all__ = ["Applied", "apply", "with_missed"]

_SIDES: Final[tuple[Lang, Lang]] = ("hi", "en")
_SLIGHT: Final = {"punctuation", "fluency"}


@dataclass(frozen=True, slots=True)
class Applied:
    """An alignment after its decisions.

    `confirmed` are the pairs that no threshold may take apart; `alarms` the issues that are none, by pair (a signature,
    or `number: *`); `missed` the issues that people found, by pair; `fits` how many decisions were obeyed and `unfit`
    says of each other why not.
    """

    alignment: Alignment
    confirmed: frozenset[Bead]
    alarms: Mapping[Bead, frozenset[str]]
    missed: Mapping[Bead, tuple[Issue, ...]]
    fits: int
    unfit: tuple[str, ...]


def apply(alignment: Alignment, decisions: Iterable[Decision], texts: Texts) -> Applied:
    """Return the alignment with the decisions on it obeyed.

    Args:
        alignment: What was aligned.
        decisions: Those on this article pair that stand, in order.
        texts: The texts that decisions speak of.
    """
    listed = list(decisions)
    if not listed:
        return Applied(alignment, frozenset(), {}, {}, 0, ())
    corrections = [decision for decision in listed if decision.kind == "text"]
    read, _ = placed(corrections, texts, alignment.hi.article.text, alignment.en.article.text)
    corrected = _corrected(alignment, read)
    found, gone = placed(listed, texts, corrected.hi.article.text, corrected.en.article.text)
    unfit = [why for _, why in gone]
    state = fold(found)
    done = recut(corrected, _wanted(state), unfit)
    late = [decision for decision in found if decision.kind == "text"]
    cut = _corrected(done.alignment, late)
    unfit += _uncorrected(cut, late)
    made = _dated(cut, state, unfit)
    beads = dict(zip(done.alignment.beads, made.beads, strict=True))
    confirmed = frozenset(beads[bead] for bead in done.forced)
    alarms = {beads[bead]: frozenset(false) for bead, key in done.keys.items() if (false := state.false_alarms(key))}
    missed = {
        beads[bead]: _missed(made, beads[bead], state.missed[key])
        for bead, key in done.keys.items()
        if key in state.missed
    }
    return Applied(made, confirmed, alarms, missed, max(len(listed) - len(unfit), 0), tuple(unfit))


def with_missed(quality: Quality, missed: Iterable[Issue]) -> Quality:
    """Return the quality of a pair in which a person found issues that the checks did not.

    A person is sure: such an error leaves nothing of the quality. A slip of punctuation or style leaves it.
    """
    told = tuple(missed)
    if not told:
        return quality
    known = {(issue.kind, issue.hi, issue.en) for issue in told}
    kept = tuple(issue for issue in quality.issues if (issue.kind, issue.hi, issue.en) not in known)
    worth = 0.0 if any(issue.severity == "error" for issue in told) else quality.quality
    return replace(quality, quality=worth, issues=(*kept, *told))


def _wanted(state: Folded) -> list[Wanted]:
    """Return the beads that are to stand."""
    wanted = []
    spoken = {key for key in state.alarms if state.false_alarms(key)} | set(state.missed)
    for key in dict.fromkeys((*state.made, *state.verdicts, *sorted(spoken))):
        if key in state.gone and key not in state.made:
            continue
        made = state.made.get(key)
        hi, en = (made.hi, made.en) if made else ((span,) if span else () for span in key_spans(key))
        wanted.append(Wanted(key, hi, en, made is not None, state.verdict(key)))
    return wanted


def _missed(alignment: Alignment, bead: Bead, found: Iterable[Mapping[str, Any]]) -> tuple[Issue, ...]:
    """Return issues that people noted, their places counted from the pair's own texts."""
    issues = []
    whole = {"hi": alignment.hi.span(bead.hi), "en": alignment.en.span(bead.en)}
    for item in found:
        spans: dict[str, Span | None] = {"hi": None, "en": None}
        hull, (start, stop) = whole[item["lang"]], item["span"]
        if hull is not None and hull[0] <= start and stop <= hull[1]:
            spans[item["lang"]] = start - hull[0], stop - hull[0]
        severity = "hint" if item["issue"] in _SLIGHT else "error"
        issues.append(Issue(item["issue"], severity, spans["hi"], spans["en"], missed_message(item), 1.0))
    return tuple(issues)


def _dated(alignment: Alignment, state: Folded, unfit: list[str]) -> Alignment:
    """Return the alignment with the dates of its segments corrected."""
    documents = {"hi": alignment.hi, "en": alignment.en}
    for (segment, lang), (date, span) in state.dates.items():
        index = _segment_at(documents[lang].segments, span[0])
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


def _segment_at(segments: Iterable[Segment], place: int) -> int | None:
    return next((k for k, segment in enumerate(segments) if segment.start <= place < segment.stop), None)


def _corrected(alignment: Alignment, corrections: Iterable[Decision]) -> Alignment:
    """Return the alignment with its sentences reading as they were corrected; what is no sentence stays as it is."""
    listed = list(corrections)
    hi, en = (
        _rewritten(document, text_edits(listed, lang))
        for lang, document in zip(_SIDES, (alignment.hi, alignment.en), strict=True)
    )
    return replace(alignment, hi=hi, en=en)


def _uncorrected(alignment: Alignment, corrections: Iterable[Decision]) -> list[str]:
    """Return of each correction that the texts do not show why not."""
    listed = list(corrections)
    told = []
    for lang, document in zip(_SIDES, (alignment.hi, alignment.en), strict=True):
        read = {sentence.text for sentence in document.sentences}
        for (start, stop), text in text_edits(listed, lang).items():
            if text not in read:
                told.append(f"text {start}-{stop} ({lang}): the sentence is no longer there")
    return told


def _rewritten(document: Document, wanted: Mapping[Span, str]) -> Document:
    """Return a document in which sentences read otherwise; everything behind them moves along."""
    places = {(sentence.start, sentence.stop): sentence.text for sentence in document.sentences}
    edits = {span: text for span, text in wanted.items() if places.get(span, text) != text}
    if not edits:
        return document
    whole, moved = edited(document.article.text, edits)
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
