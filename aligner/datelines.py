"""Datelines: the line above a report that says from where, by whom and when, and nothing of the story.

`सियोल:`, `PUNE (Agency) –` and `नई दिल्ली, 5 मई (भाषा):` are datelines; `सामग्री:`, `राम:` and `Dear all –` are lines
like any other. The places and agencies stand in places.tsv, with what names of towns end in. A place that is not told
by it makes no dateline, and then its line is a sentence, so that nothing is lost.
"""

import re
from functools import cache
from importlib import resources
from typing import Final

from tithi.dates.find import covers_line, opening_date
from tithi.numerals.view import view
from tithi.records import Lang

__all__ = ["is_dateline"]

_LONGEST: Final = 80
_SHORT_TOWN: Final = 4
_MARKS: Final = ":-\u2010\u2011\u2012\u2013\u2014\u2015"
_BY: Final = re.compile(r"\(([^()]+)\)")
_BETWEEN: Final = re.compile(r"\s*[,/;|\u2010-\u2015-]\s*")


def is_dateline(line: str, lang: Lang) -> bool:
    """Return whether a line without the blanks around it is a dateline and nothing else.

    It ends in a colon or dash and consists of places and agencies, at least one, and at most a date among them.

    >>> [is_dateline(line, "hi") for line in ("सियोल:", "सामग्री:")]
    [True, False]
    """
    if len(line) > _LONGEST or not line or line[-1] not in _MARKS:
        return False
    body = line.rstrip(_MARKS + " ")
    parts = [part for part in _BETWEEN.split(_BY.sub(r"/\1/", body)) if part.strip()]
    names = [part for part in parts if _is_name(part, lang)]
    others = [part for part in parts if part not in names]
    if not names or not others:
        return bool(names)
    # What is no name must be one date, whole: `5 मई 2019`, or `May 5, 2019`, which a comma has cut.
    written = ", ".join(others)
    hit = opening_date(written, lang)
    return hit is not None and covers_line(hit, written)


def _is_name(part: str, lang: Lang) -> bool:
    """Return whether a part is a place or an agency: one of the table, or a word that ends as towns do (`श्यामनगर`)."""
    known, endings = _table(lang)
    name = _fold(part)
    return name in known or (" " not in name and len(name) > _SHORT_TOWN and name.endswith(endings))


@cache
def _table(lang: Lang) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the places and agencies of a language, and what names of its towns end in, folded."""
    table = resources.files("tithi.aligner").joinpath("places.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines()[1:]]
    ours = [(kind, _fold(form)) for kind, row_lang, form, _source in rows if row_lang == lang]
    return frozenset(form for kind, form in ours if kind != "ending"), tuple(
        form for kind, form in ours if kind == "ending"
    )


def _fold(text: str) -> str:
    return " ".join(view(text).text.casefold().split())
