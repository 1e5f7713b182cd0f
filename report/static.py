"""The report's view without script, for a notebook: bands, marks and notes as one table with its styles in it.

Marks keep syllables whole: `स्ति` is never cut, so that conjuncts are drawn as they should be. What a mark says stands
in its title. Every text is escaped, and what could hide or turn around its neighbours is written as an escape.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any, Final

from tithi import arguments
from tithi.corpus.charts import bars
from tithi.errors import UsageError
from tithi.records import Alignment, Quality
from tithi.render import as_line, harmless
from tithi.report.stories import aligned_story
from tithi.report.view import Plain, row_view, view

__all__ = ["Drawn", "alignment_html", "chart", "draw", "edges", "static_html"]

_MOST: Final = 300
"""Rows drawn; a notebook grows heavy with more, and the report is made for them."""
_STEPS: Final = ((0.9, "#9cc9e8"), (0.7, "#c5deee"), (0.5, "#ead9ad"), (0.3, "#f0bd7c"), (0.0, "#e58a55"))
_TABLE: Final = (
    "border-collapse:collapse;width:100%;max-width:72rem;background:#fdfcfa;color:#1d1f24;font-size:15px;"
    "line-height:1.65;text-align:left"
)
_CELL: Final = (
    "width:47%;padding:.4em .8em;text-align:left;vertical-align:top;white-space:normal;background:#fff;color:#1d1f24"
)
_BAND: Final = "width:6%;padding:.3em;text-align:center;font-size:12px;color:#16202a;background:"
_EMPTY: Final = "background:repeating-linear-gradient(-45deg,#fff 0 7px,#dddad3 7px 8px)"
_WIDE: Final = "text-align:left;padding:.1em .8em .5em;font-size:13px;color:#565b66;background:#fdfcfa"
_HEAD: Final = "text-align:center;padding:.9em .8em .3em;font-weight:600;color:#565b66;background:#fdfcfa"
_MARK: Final = "background:none;color:inherit;text-underline-offset:.28em;text-decoration:underline"
_MARKS: Final = {
    "date": "solid 1.5px #00609c",
    "number": "dotted 1.5px #565b66",
    "slight": "dashed 2px #7a5200;background:#fdf3d8",
    "error": "solid 2px #a83a00;background:#fdeae0",
}
"""The lightest first: where marks lie over one another, the weightiest is drawn."""
_JOINERS: Final = "\u200c\u200d"
_VIRAMA: Final = "\u094d"


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something drawn for a notebook: HTML that needs no script and no network."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


def draw(row: Mapping[str, Any]) -> Drawn:
    """Draw a row of a dataset's config `sentences`: the pair with its band, marks and what may be wrong in it.

    Raises:
        UsageError: It is no such row.
    """
    pair = row.get("translation") if isinstance(row, Mapping) else None
    if not isinstance(pair, Mapping) or not all(isinstance(pair.get(lang), str) for lang in ("hi", "en")):
        raise UsageError("draw: a row of the config sentences is needed; got another thing; give dataset[0]")
    return Drawn(_table("", _row(row_view(dict(row)))))


def chart(title: str, counts: Mapping[str, int]) -> Drawn:
    """Draw a chart of counts by name, as the report and the card do: an SVG.

    Raises:
        UsageError: The title is no text, or the counts are none.
    """
    title, counts = arguments.label(title, "chart: the title"), arguments.counts(counts, "chart")
    drawn = bars(title, list(counts), {title: list(counts.values())})
    caption = f"<figcaption><b>{escape(harmless(title))}</b></figcaption>"
    return Drawn(f'<figure style="max-width:30rem;margin:0">{caption}{drawn}</figure>')


def alignment_html(alignment: Alignment, quality: Sequence[Quality | None] | None = None) -> str:
    """Return an alignment drawn; with the quality of each of its pairs also what may be wrong in them."""
    return static_html(view(aligned_story(alignment, quality)), harmless(as_line(alignment)[1:-1]))


def static_html(item: Plain, caption: str = "", *, most: int = _MOST) -> str:
    """Return a view (see `report.view`) as HTML; of its rows at most `most`, and how many more there are."""
    parts, drawn, total = [], 0, sum(len(segment["rows"]) for segment in item["segments"])
    for segment in item["segments"]:
        if drawn >= most:
            break
        dates = [", ".join(filter(None, side)) for side in segment["dates"]]
        told = f"{dates[0] or 'undated'} but {dates[1] or 'undated'}" if segment["conflict"] else segment["date"]
        if told or len(item["segments"]) > 1:
            parts.append(_wide(escape(harmless(told or "undated")), _HEAD + (";color:#a83a00" * segment["conflict"])))
        parts += [_row(row, conflict=segment["conflict"]) for row in segment["rows"][: most - drawn]]
        drawn += len(segment["rows"])
    if total > most:
        parts.append(_wide(f"… {total - most:,} more; `tithi report` shows all", _WIDE))
    return _table(caption, "".join(parts))


def edges(text: str) -> list[int]:
    """Return the places at which a text may be cut without breaking a syllable, both its ends among them.

    >>> edges("स्ति है")
    [0, 4, 5, 7]
    """
    found = [0]
    for place in range(1, len(text)):
        before = text[place - 1] if text[place - 1] not in _JOINERS else text[place - 2 : place - 1]
        joined = text[place] in _JOINERS or unicodedata.category(text[place])[0] == "M"
        if not joined and before != _VIRAMA:
            found.append(place)
    return [*found, len(text)] if text else found


def _table(caption: str, rows: str) -> str:
    told = f'<caption style="text-align:left;color:#565b66">{escape(caption)}</caption>' if caption else ""
    return f'<table style="{_TABLE}">{told}<tbody>{rows}</tbody></table>'


def _wide(content: str, style: str) -> str:
    return f'<tr><td colspan="3" style="{style}">{content}</td></tr>'


def _row(row: Plain, *, conflict: bool = False) -> str:
    alone = "facts" in row
    sure = row["score"] if row.get("quality") is None else row["quality"]
    colour = "#f3f1ec" if alone else next(shade for least, shade in _STEPS if sure >= least)
    band = ("←" if row["texts"][1] is None else "→") if alone else f"{sure:.2f}"
    kind = "" if alone or row["bead"] == "1-1" else f"<br/>{escape(row['bead'])}"
    cells = [_cell(row, side) for side in (0, 1)]
    notes = [
        f'<b style="color:{"#a83a00" if issue["severity"] == "error" else "#7a5200"}">{escape(issue["kind"])}</b> '
        f"{escape(harmless(issue['message']))}"
        for issue in row.get("issues", ())
    ]
    if row.get("moved"):
        notes.append("moved: the English stands elsewhere in its article")
    if alone:
        rival = [f"perhaps: {row['rival'][0]} ({row['rival'][1]:.2f})"] if row.get("rival") else []
        notes.append(escape(harmless(" · ".join([row["reason"], *rival, *row["facts"]]))))
    edge = ";border-left:3px solid #a83a00" * conflict
    told = _wide("<br/>".join(notes), _WIDE) if notes else ""
    middle = f'<td style="{_BAND}{colour}">{band}{kind}</td>'
    return f'<tr style="background:#fff">{cells[0].replace(_CELL, _CELL + edge, 1)}{middle}{cells[1]}</tr>{told}'


def _cell(row: Plain, side: int) -> str:
    text, lang = row["texts"][side], ("hi", "en")[side]
    if text is None:
        name = ("Hindi", "English")[side]
        return f'<td lang="{lang}" style="{_CELL};{_EMPTY}"><em style="color:#565b66">(no {name})</em></td>'
    marks = [(start, stop, kind, f"{kind} read: {value}") for start, stop, kind, value in row["marks"][side]]
    for issue in row.get("issues", ()):
        if issue["spans"][side]:
            weight = "error" if issue["severity"] == "error" else "slight"
            marks.append((*issue["spans"][side], weight, f"{issue['kind']} ({issue['severity']}): {issue['message']}"))
    return f'<td lang="{lang}" dir="auto" style="{_CELL}">{"".join(_runs(text, marks))}</td>'


def _runs(text: str, marks: Sequence[tuple[int, int, str, str]]) -> Iterator[str]:
    """Yield the pieces of a text between the borders of marks, each styled by the weightiest that covers it."""
    if not marks:
        yield escape(harmless(text))
        return
    places = edges(text)
    wide = [
        (_below(places, _points(text, a)), _above(places, _points(text, b)), kind, told) for a, b, kind, told in marks
    ]
    cuts = sorted({0, len(text), *(mark[0] for mark in wide), *(mark[1] for mark in wide)})
    order = list(_MARKS)
    for start, stop in pairwise(cuts):
        piece = text[start:stop]
        own = [mark for mark in wide if mark[0] <= start and stop <= mark[1]]
        blank = " " if piece[:1].isspace() and start else "", " " if piece[-1:].isspace() and piece.strip() else ""
        shown = f"{blank[0]}{escape(harmless(piece))}{blank[1]}"
        if not own:
            yield shown
            continue
        kind = max((mark[2] for mark in own), key=order.index)
        told = escape(harmless(" · ".join(mark[3] for mark in own)))
        yield f'<mark style="{_MARK} {_MARKS[kind]}" title="{told}">{shown}</mark>'


def _points(text: str, offset: int) -> int:
    """Return an offset in UTF-16 code units as one in code points."""
    if max(text, default="") < "\U00010000":
        return offset
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * offset].decode("utf-16-le", "replace"))


def _below(places: Sequence[int], at: int) -> int:
    return max(place for place in places if place <= at)


def _above(places: Sequence[int], at: int) -> int:
    return min((place for place in places if place >= at), default=places[-1])
