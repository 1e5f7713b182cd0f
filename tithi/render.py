r"""How an alignment shows itself: one line, rows, side by side in a terminal.

Texts come from anywhere. What could move the cursor, hide or turn around its neighbours is written as an escape
(`\x1b`, `\u202e`); ZWJ and ZWNJ stay, they shape Devanagari; words written from right to left stay in their cell.
"""

import re
import shutil
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, Final

from tithi.records import Alignment, Bead

__all__ = ["as_line", "as_rows", "harmless", "side_by_side"]

_LEAST_COLUMNS: Final = 40
_LONGEST_ID: Final = 60
_JOINERS: Final = "\u200c\u200d"
_RIGHT_TO_LEFT: Final = {"R", "AL", "AN"}
_ISOLATE: Final = "\u2068{}\u2069"
_ABSENT: Final = {"hi": "(no Hindi)", "en": "(no English)"}
_BLANKS: Final = re.compile(r"\s+")


def as_line(alignment: Alignment) -> str:
    """Return what an alignment holds, on one line: its id, sentences (Hindi + English), pairs, nulls, segments."""
    name = alignment.id if len(alignment.id) <= _LONGEST_ID else alignment.id[: _LONGEST_ID - 1] + "…"
    hi, en = alignment.hi, alignment.en
    return (
        f"<Alignment {name!r}: {len(hi.sentences)} + {len(en.sentences)} sentences, "
        f"{sum(1 for _ in alignment.pairs())} pairs, {sum(1 for _ in alignment.nulls())} nulls, "
        f"{len(hi.segments)} + {len(en.segments)} segments>"
    )


def as_rows(alignment: Alignment) -> list[dict[str, Any]]:
    """Return a dict for each bead; see `Alignment.to_rows`."""
    return [
        {
            "hi": alignment.hi.text(bead.hi),
            "en": alignment.en.text(bead.en),
            "kind": bead.kind,
            "score": bead.score,
            "date": bead.date,
            "hi_span": _listed(alignment.hi.span(bead.hi)),
            "en_span": _listed(alignment.en.span(bead.en)),
            "hi_sentences": list(bead.hi),
            "en_sentences": list(bead.en),
            "basis": alignment.links[bead.link].basis,
            "reason": bead.reason,
            "moved": bead.moved,
            "rival": alignment.rival(bead),
        }
        for bead in alignment.beads
    ]


def side_by_side(
    alignment: Alignment, columns: int | None = None, notes: Mapping[Bead, Sequence[str]] | None = None
) -> str:
    """Return the beads one below the other, Hindi left and English right, without a line end at the end.

    `columns` is the width of a line, by default the terminal's; at least 40. Above each bead stand its kind, score,
    date, whether it was moved, and why it is alone if that is known; below it what it may belong to, and its `notes`.
    """
    columns = max(columns or shutil.get_terminal_size().columns, _LEAST_COLUMNS)
    lines = _wrapped(harmless(as_line(alignment)[1:-1]), columns)
    for bead in alignment.beads:
        lines += _shown(alignment, bead, columns)
        rival = alignment.rival(bead)
        perhaps = [f"perhaps: {rival} ({bead.rival[1]:.2f})"] if bead.rival and rival else []
        for note in [*perhaps, *(notes or {}).get(bead, ())]:
            lines += _wrapped(f"   {harmless(note)}", columns)
    if not alignment.beads:
        lines.append("(no sentences)")
    return "\n".join(lines)


def harmless(text: str) -> str:
    """Return a text on one line: blanks as single spaces, control and invisible characters as escapes.

    ZWJ and ZWNJ are kept.
    """
    return "".join(_escaped(one) for one in _BLANKS.sub(" ", text).strip())


def _escaped(one: str) -> str:
    if unicodedata.category(one) not in {"Cc", "Cf", "Cs"} or one in _JOINERS:
        return one
    return one.encode("unicode_escape").decode("ascii")


def _listed(span: tuple[int, int] | None) -> list[int] | None:
    return None if span is None else list(span)


def _shown(alignment: Alignment, bead: Bead, columns: int) -> Iterator[str]:
    from wcwidth import ljust

    moved = "moved" if bead.moved else None
    told = " · ".join(part for part in (bead.kind, f"{bead.score:.2f}", bead.date, moved, bead.reason) if part)
    head, *more = _wrapped(harmless(f"── {told}"), columns)
    yield head + " " + "─" * (columns - len(head) - 1) if columns - len(head) > 1 else head
    yield from more
    # Three columns for the line between them.
    left = (columns - 3) // 2
    right = columns - 3 - left
    hi = _wrapped(harmless(alignment.hi.text(bead.hi)) or _ABSENT["hi"], left)
    en = _wrapped(harmless(alignment.en.text(bead.en)) or _ABSENT["en"], right)
    for one, other in zip_longest(hi, en, fillvalue=""):
        yield f"{ljust(_isolated(one), left)} │ {_isolated(other)}".rstrip()


def _wrapped(text: str, columns: int) -> list[str]:
    """Return the lines of a text; none is cut within a syllable, however long a word is."""
    from wcwidth import wcswidth, wrap

    lines: list[str] = []
    # A vowel sign behind a blank takes a column that `wrap` does not count.
    for narrower in range(columns, columns // 2 - 1, -1):
        lines = wrap(text, narrower, break_on_hyphens=False)
        if all(wcswidth(f" {line}") <= columns + 1 for line in lines):
            break
    return lines


def _isolated(cell: str) -> str:
    if any(unicodedata.bidirectional(one) in _RIGHT_TO_LEFT for one in cell):
        return _ISOLATE.format(cell)
    return cell
