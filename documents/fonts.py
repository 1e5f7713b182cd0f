"""Legacy Hindi fonts, known by their names: text in them is Latin letters that only look like Hindi.

Their letters cannot be told from English for certain, so that nothing is guessed from the text: what a document writes
in such a font is converted if its keys are known (Kruti Dev 010, DevLys 010), else refused by the font's name.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from tithi.documents.krutidev import to_unicode
from tithi.documents.soundness import MAX_UNSOUND, unsound_share
from tithi.errors import DataError

__all__ = ["in_unicode", "legacy_font", "refuse_legacy_font"]

_LEGACY: Final = re.compile(
    r"(?:kruti\s*-?\s*(?:dev|pad)|k-?010\b|dev\s*-?\s*lys|chanakya|shusha|shivaji0|shree-?\s*(?:dev|lipi)|walkman-?chanakya|agra\s*(?:thin|black)|"
    r"4c\s?gandhi|aps-?dv|dv-?tt|bhaskar\b|sanskrit\s?99|marathi-?(?:kanak|lekhani)|hindi-?lekhani|akruti|"
    r"arjun\b|richa\b|naidunia|jagran\b|susha\b|xdvng|krishna\b)[\w\s-]*",
    re.IGNORECASE,
)
_UNICODE: Final = re.compile(r"uni(?:code)?\b", re.IGNORECASE)
# Others of these families have other keys.
_KNOWN: Final = re.compile(
    r"(?:kruti[\s_-]*dev|dev[\s_-]*lys)[\s_-]*010(?:[\s,_-]*(?:normal|regular|bold|italic|thin|wide|condensed))*",
    re.IGNORECASE,
)


def legacy_font(name: str) -> str | None:
    """Return the font's name where it is one of the legacy Hindi fonts, else None.

    A subset's tag (`ABCDEF+KrutiDev010`) and quotes are no part of the name; a Unicode font of the family is none.

    >>> legacy_font("ABCDEF+KrutiDev010"), legacy_font("Noto Sans Devanagari")
    ('KrutiDev010', None)
    """
    clean = re.sub(r"^[A-Z]{6}\+", "", name.strip().strip("\"'"))
    return clean if _LEGACY.match(clean) and not _UNICODE.search(clean) else None


def in_unicode(runs: Iterable[tuple[str, str | None]], where: str) -> Iterator[str]:
    """Yield the text of runs, each with the legacy font it is written in, as Unicode; neighbours of a font are one.

    Raises:
        DataError: A font's keys are not known, or the text is not what such a font shows.
    """
    for font, group in groupby(runs, key=lambda run: run[1] if run[0].strip() else None):
        text = "".join(run[0] for run in group)
        yield text if font is None else _converted(text, font, where)


def _converted(text: str, font: str, where: str) -> str:
    if not _KNOWN.fullmatch(font):
        raise refuse_legacy_font(where, font)
    try:
        found = to_unicode(text)
    except ValueError as error:
        raise refuse_legacy_font(where, font, f"with {error.args[0]!r}, which it does not have there") from None
    if unsound_share(found) > MAX_UNSOUND:
        raise refuse_legacy_font(where, font, f"in which {text[:20]!r} is no Hindi")
    return found


def refuse_legacy_font(where: str, font: str, why: str = "whose letters are no Hindi characters") -> DataError:
    """Return the error that tells of a document in a legacy font."""
    return DataError(
        f"{where}: text must be Unicode; got the legacy font {font[:40]}, {why}; convert it to Unicode first"
    )
