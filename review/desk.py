"""An article pair as it stands after its decisions, and whether a new decision fits it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from tithi.aligner.sentences import split_sentences
from tithi.errors import DataError
from tithi.records import Lang, Span
from tithi.report.stories import Story, reading_order
from tithi.report.view import Plain, utf16
from tithi.review.decisions import bead_key, key_spans, missed_message, signature
from tithi.review.fold import Folded
from tithi.review.library import row_key

__all__ = ["Desk"]

_SIDES: Final[tuple[Lang, Lang]] = ("hi", "en")


class Desk:
    """The beads of an article pair now: those of the dataset that are not gone, and those made by hand."""

    def __init__(self, story: Story, drawn: Plain, state: Folded) -> None:
        """`drawn` is what `report.view.view` made of the story."""
        self._texts: dict[Lang, str] = {"hi": story.article["hi"], "en": story.article["en"]}
        self._drawn = drawn
        self.state = state
        self.dropped: frozenset[str] = frozenset()
        self._rows: dict[str, tuple[Plain, str]] = {}
        keys = {row["id"]: row_key(row) for row in (*story.sentences, *story.unaligned)}
        for segment in drawn["segments"]:
            for row in segment["rows"]:
                self._rows[keys[f"{story.id}-{row['id']}"]] = row, segment["id"]
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
        return [span] if counts[side] in {1, "1"} else split_sentences(self._texts[lang], lang, *span)

    def check(self, kind: str, data: Mapping[str, Any]) -> None:
        """Raise `DataError` unless a decision (of the right form) fits what stands."""
        named = data.get("remove") or [data["bead"]] if "bead" in data or "remove" in data else []
        for bead in named:
            if bead not in self:
                raise DataError(f"{bead}: must be a bead that stands; got one that is gone; read the page again")
        for lang, (start, stop) in _spans(data):
            if stop > len(self._texts[lang]):
                raise DataError(f"{start}-{stop}: must lie in the {lang} article; got a place beyond its end")
        if kind == "replace":
            self._check_replace(data)
        if kind == "date" and data["segment"] not in {segment["id"] for segment in self._drawn["segments"]}:
            raise DataError(f"{data['segment'][:40]}: must be a segment of the article; got none; read the page again")

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
        """Return what the page draws of a bead that stands, and the id of its segment."""
        row, segment = self._rows.get(bead, (None, ""))
        made = self.state.made.get(bead)
        spans = {lang: self.sentences(bead, lang) for lang in _SIDES}
        item: Plain = {
            "key": bead,
            "at": [spans[lang][0][0] if spans[lang] else None for lang in _SIDES],
            "sides": [[self._sentence(lang, span, spans[lang][0][0]) for span in spans[lang]] for lang in _SIDES],
            "made": made.who if made else None,
            "verdicts": self.state.verdicts.get(bead, {}),
            "seen": sorted(self.state.seen.get(bead, ())),
            "missed": self.state.missed.get(bead, []),
            "bookmark": bead in self.state.bookmarks,
            "score": None,
            "quality": None,
            "doubt": 0.0,
            "issues": [],
        }
        if row is not None and made is None:
            item |= {name: row[name] for name in ("score", "doubt")}
            item |= {name: row[name] for name in ("quality", "facts", "reason", "moved") if name in row}
            alarms = self.state.alarms.get(bead, {})
            # What a build has put among the issues since is not told twice.
            told = {(issue["kind"], issue["message"]) for issue in row.get("issues", ())}
            item["missed"] = [one for one in item["missed"] if (one["issue"], missed_message(one)) not in told]
            item["issues"] = [
                issue
                | {
                    "said": ({"all": "false"} if issue["kind"] in self.dropped else {})
                    | alarms.get(f"{issue['kind']}: *", {})
                    | alarms.get(signature(issue), {})
                }
                for issue in row.get("issues", ())
            ]
        return item, segment or self._segment(item["at"])

    def _sentence(self, lang: Lang, span: Span, origin: int) -> Plain:
        text = self._texts[lang]
        sentence: Plain = {
            "span": span,
            "text": text[slice(*span)],
            "from": utf16(text[origin : span[1]], span[0] - origin),
        }
        history = self.state.texts.get((lang, span))
        if history:
            sentence["history"] = history
        return sentence

    def _segment(self, at: Sequence[int | None]) -> str:
        for lang, start in zip(_SIDES, at, strict=True):
            if start is not None:
                for segment, spans in self._places.items():
                    if any(first <= start < stop for first, stop in spans[lang]):
                        return segment
        first_segment: str = self._drawn["segments"][0]["id"]
        return first_segment

    def _check_replace(self, data: Mapping[str, Any]) -> None:
        added = [bead_key(bead["hi"], bead["en"]) for bead in data["add"]]
        if len(set(added)) != len(added) or any(bead in self and bead not in data["remove"] for bead in added):
            raise DataError("replace: the new beads must be new; got one that stands already; read the page again")
        for lang in _SIDES:
            before = [span for bead in data["remove"] for span in self.sentences(bead, lang)]
            after = [(start, stop) for bead in data["add"] for start, stop in bead[lang]]
            if self._cover(lang, before) != self._cover(lang, after):
                raise DataError(f"replace: both must cover the same {lang} text; got another; read the page again")
            others = sorted(
                start
                for bead in self.beads()
                if bead not in data["remove"]
                for start, _ in [key_spans(bead)[_SIDES.index(lang)] or (-1, -1)]
                if start >= 0
            )
            mine = sorted(span[0] for span in after)
            for bead in data["add"]:
                _check_neighbours(lang, bead[lang], others + mine)

    def _cover(self, lang: Lang, spans: Sequence[Span]) -> list[Span]:
        """Return the stretches that spans cover, joined over blanks.

        Raises:
            DataError: Two overlap.
        """
        text = self._texts[lang]
        joined: list[Span] = []
        for start, stop in sorted(spans):
            piece = text[start:stop]
            first, last = start + len(piece) - len(piece.lstrip()), stop - len(piece) + len(piece.rstrip())
            if first >= last:
                raise DataError(f"replace: a {lang} sentence must have text; got blanks; read the page again")
            if joined and first < joined[-1][1]:
                raise DataError(f"replace: {lang} sentences must not overlap; got two that do; read the page again")
            if joined and not text[joined[-1][1] : first].strip():
                joined[-1] = joined[-1][0], last
            else:
                joined.append((first, last))
        return joined


def _starts(item: Plain) -> tuple[int | None, int | None]:
    hi, en = item["at"]
    return hi, en


def _check_neighbours(lang: str, spans: Sequence[Sequence[int]], starts: Sequence[int]) -> None:
    """Raise `DataError` unless the sentences of a side follow one another in the article."""
    if not spans:
        return
    own = {start for start, _ in spans}
    if sorted(starts_of := [start for start, _ in spans]) != starts_of:
        raise DataError(f"replace: {lang} sentences must stand in order; got others; read the page again")
    if any(spans[0][0] < start < spans[-1][1] and start not in own for start in starts):
        raise DataError(f"the {lang} sentences of a bead must be neighbours; another stands between; move that first")


def _spans(data: Mapping[str, Any]) -> Iterator[tuple[Lang, Span]]:
    if "lang" in data and "span" in data:
        yield data["lang"], tuple(data["span"])
    for bead in data.get("add", ()):
        for lang in _SIDES:
            yield from ((lang, tuple(span)) for span in bead[lang])
