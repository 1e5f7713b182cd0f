"""An article pair as it stands after its decisions."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from operator import itemgetter
from typing import Final

from tithi.aligner.sentences import split_sentences
from tithi.records import Lang, Span
from tithi.report.stories import Story, reading_order
from tithi.report.view import Plain, doubt, issue_view, utf16
from tithi.review.checks import Checks
from tithi.review.decisions import key_spans, missed_message, signature
from tithi.review.fold import Folded
from tithi.review.library import row_key

__all__ = ["Desk"]

_SIDES: Final[tuple[Lang, Lang]] = ("hi", "en")
_first = itemgetter(0)


class Desk:
    """The beads of an article pair now: those of the dataset that are not gone, and those made by hand."""

    def __init__(self, story: Story, drawn: Plain, state: Folded, checks: Checks | None = None) -> None:
        """`drawn` is what `report.view.view` made of the story; `checks` what is known of changed beads."""
        self.texts: dict[Lang, str] = {"hi": story.article["hi"], "en": story.article["en"]}
        self._drawn = drawn
        self.state = state
        self.dropped: frozenset[str] = frozenset()
        self._checks = checks or Checks()
        self._rows: dict[str, tuple[Plain, str]] = {}
        keys = {row["id"]: row_key(row) for row in (*story.sentences, *story.unaligned)}
        for segment in drawn["segments"]:
            for row in segment["rows"]:
                self._rows[keys[f"{story.id}-{row['id']}"]] = row, segment["id"]
        self._begin = {
            lang: sorted(
                (row["at"][side], bead) for bead, (row, _) in self._rows.items() if row["at"][side] is not None
            )
            for side, lang in enumerate(_SIDES)
        }
        self._places: dict[str, dict[Lang, list[Span]]] = {}
        for segment in story.segments:
            spans = {lang: [(start, stop) for start, stop in segment[f"{lang}_spans"]] for lang in _SIDES}
            self._places[segment["id"].removeprefix(f"{story.id}-")] = spans

    def __contains__(self, bead: str) -> bool:
        return bead in self.state.made or (bead in self._rows and bead not in self.state.gone)

    def beads(self) -> Iterator[str]:
        """Yield the names of the beads that stand, in no order."""
        yield from (bead for bead in self._rows if bead not in self.state.gone and bead not in self.state.made)
        yield from self.state.made

    def sentences(self, bead: str, lang: Lang) -> list[Span]:
        """Return the places of a bead's sentences on one side."""
        if bead in self.state.made:
            made = self.state.made[bead]
            return list(made.hi if lang == "hi" else made.en)
        side = _SIDES.index(lang)
        span = key_spans(bead)[side]
        if span is None:
            return []
        row, _ = self._rows.get(bead, ({}, ""))
        counts = row["bead"].split("-") if "bead" in row else [row.get("sentences")] * 2
        # Most beads hold a sentence a side: it need not be looked for.
        return [span] if counts[side] in {1, "1"} else split_sentences(self.texts[lang], lang, *span)

    def starting(self, lang: Lang, first: int, last: int) -> Iterator[tuple[int, str]]:
        """Yield where beads begin on a side, and their names: all that begin between two places, and more."""
        starts = self._begin[lang]
        for start, bead in starts[bisect_right(starts, first, key=_first) : bisect_left(starts, last, key=_first)]:
            if bead in self and bead not in self.state.made:
                yield start, bead
        for bead, made in self.state.made.items():
            side = made.hi if lang == "hi" else made.en
            if side:
                yield side[0][0], bead

    @property
    def segments(self) -> Collection[str]:
        """The ids of the segments."""
        return self._places.keys()

    def payload(self) -> Plain:
        """Return what the page draws: segments with their beads in reading order; places in code points."""
        grouped: dict[str, list[Plain]] = {segment["id"]: [] for segment in self._drawn["segments"]}
        for bead in self.beads():
            item, segment = self.item(bead)
            grouped[segment].append(item)
        segments = []
        for segment in self._drawn["segments"]:
            rows = reading_order(grouped[segment["id"]], _starts)
            dates = {lang: self.state.dates.get((segment["id"], lang)) for lang in _SIDES}
            fields = {name: value for name, value in segment.items() if name != "rows"}
            edited = {lang: found[0] for lang, found in dates.items() if found is not None}
            segments.append(fields | {"rows": rows, "edited": edited, "places": self._places[segment["id"]]})
        return {name: self._drawn[name] for name in ("id", "title", "sources", "lengths")} | {"segments": segments}

    def item(self, bead: str) -> tuple[Plain, str]:
        """Return what the page draws of a bead that stands, and the id of its segment.

        `unchecked` tells that people changed it and that `checks` do not know it yet.
        """
        row, segment = self._rows.get(bead, (None, ""))
        made = self.state.made.get(bead)
        spans = [self.sentences(bead, lang) for lang in _SIDES]
        item: Plain = {
            "key": bead,
            "at": [side[0][0] if side else None for side in spans],
            "sides": [self._side(lang, side)[0] for lang, side in zip(_SIDES, spans, strict=True)],
            "made": made.who if made else None,
            "verdicts": self.state.verdicts.get(bead, {}),
            "seen": sorted(self.state.seen.get(bead, ())),
            "missed": self.state.missed.get(bead, []),
            "bookmark": bead in self.state.bookmarks,
            "score": None,
            "quality": None,
            "doubt": 0.0 if all(spans) else doubt({"lang": None}, conflict=False),
            "issues": [],
        }
        if row is not None and made is None:
            item |= {name: row[name] for name in ("score", "doubt")}
            item |= {name: row[name] for name in ("quality", "reason", "moved") if name in row}
            item["issues"] = row.get("issues", [])
        texts = self.reads(bead)
        if texts is not None:
            item |= self._checked(texts, item)
        # What a build has put among the issues since is not told twice.
        told = {(issue["kind"], issue["message"]) for issue in item["issues"]}
        item["missed"] = [one for one in item["missed"] if (one["issue"], missed_message(one)) not in told]
        alarms = self.state.alarms.get(bead, {})
        item["issues"] = [issue | {"said": self._said(issue, alarms)} for issue in item["issues"]]
        return item, segment or self._segment(item["at"])

    def changed(self) -> Iterator[str]:
        """Yield the beads that people changed."""
        yield from (bead for bead in (self.beads() if self.state.texts else self.state.made) if self.is_changed(bead))

    def is_changed(self, bead: str) -> bool:
        """Return whether people made a bead that stands, or corrected one of its sentences."""
        return bead in self.state.made or (bool(self.state.texts) and self._is_corrected(bead))

    def reads(self, bead: str) -> tuple[str, str] | None:
        """Return how the two sides of a bead that people changed read now; None when it is none, or lacks a side."""
        if not self.is_changed(bead):
            return None
        hi, en = self.sides(bead)
        return (hi, en) if hi and en else None

    def sides(self, bead: str) -> tuple[str, str]:
        """Return how the Hindi and the English of a bead read now; what it lacks is empty."""
        hi, en = (self._side(lang, self.sentences(bead, lang))[1] for lang in _SIDES)
        return hi, en

    def _is_corrected(self, bead: str) -> bool:
        return any(self._correction(lang, span) for lang in _SIDES for span in self.sentences(bead, lang))

    def _correction(self, lang: Lang, span: Span) -> str | None:
        history = self.state.texts.get((lang, span))
        return ((history[-1][2] or "").strip() or None) if history else None

    def _checked(self, texts: tuple[str, str], item: Plain) -> Plain:
        """Return the fields of a changed bead that checks know; those of the build no longer hold."""
        found = self._checks.found(*texts)
        if found is None:
            issues = [issue | {"spans": [None, None]} for issue in item["issues"]]
            return {"unchecked": True, "quality": None, "issues": issues}
        sure = {"score": 1.0 if item["score"] is None else item["score"], "quality": found.quality}
        return {
            "quality": found.quality and round(found.quality, 3),
            "doubt": round(doubt(sure, conflict=False), 3),
            "issues": [issue_view(asdict(issue), *texts) for issue in found.issues],
        }

    def _said(self, issue: Plain, alarms: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
        """Return what each person said of an issue."""
        dropped = {"all": "false"} if issue["kind"] in self.dropped else {}
        return {**dropped, **alarms.get(f"{issue['kind']}: *", {}), **alarms.get(signature(issue), {})}

    def _side(self, lang: Lang, spans: Sequence[Span]) -> tuple[list[Plain], str]:
        """Return the sentences of a side as they are drawn, and the text that they make with their corrections."""
        text, reads = self.texts[lang], ""
        sentences: list[Plain] = []
        for number, span in enumerate(spans):
            if number:
                reads += text[spans[number - 1][1] : span[0]]
            sentence: Plain = {"span": span, "text": text[slice(*span)], "from": utf16(reads)(len(reads))}
            history = self.state.texts.get((lang, span))
            if history:
                sentence["history"] = history
            sentences.append(sentence)
            reads += self._correction(lang, span) or sentence["text"]
        return sentences, reads

    def _segment(self, at: Sequence[int | None]) -> str:
        for lang, start in zip(_SIDES, at, strict=True):
            if start is not None:
                for segment, spans in self._places.items():
                    if any(first <= start < stop for first, stop in spans[lang]):
                        return segment
        first_segment: str = self._drawn["segments"][0]["id"]
        return first_segment


def _starts(item: Plain) -> tuple[int | None, int | None]:
    hi, en = item["at"]
    return hi, en
