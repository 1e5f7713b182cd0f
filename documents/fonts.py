"""Legacy Hindi fonts, known by their names: text in them is Latin letters that only look like Hindi.

Their letters cannot be told from English for certain, so that nothing is guessed from the text: a document that names
such a font for its text is refused by the font's name. Convert it to Unicode first.
"""

import re
from typing import Final

from tithi.errors import DataError

__all__ = ["legacy_font", "refuse_legacy_font"]

_LEGACY: Final = re.compile(
    r"(?:kruti\s*-?\s*(?:dev|pad)|k-?010\b|dev\s*-?\s*lys|chanakya|shusha|shivaji0|shree-?\s*(?:dev|lipi)|walkman-?chanakya|agra\s*(?:thin|black)|"
    r"4c\s?gandhi|aps-?dv|dv-?tt|bhaskar\b|sanskrit\s?99|marathi-?(?:kanak|lekhani)|hindi-?lekhani|akruti|"
    r"arjun\b|richa\b|naidunia|jagran\b|susha\b|xdvng|krishna\b)[\w\s-]*",
    re.IGNORECASE,
)
_UNICODE: Final = re.compile(r"uni(?:code)?\b", re.IGNORECASE)


def legacy_font(name: str) -> str | None:
    """Return the font's name where it is one of the legacy Hindi fonts, else None.

    A subset's tag (`ABCDEF+KrutiDev010`) and quotes are no part of the name; a Unicode font of the family is none.

    >>> legacy_font("ABCDEF+KrutiDev010"), legacy_font("Noto Sans Devanagari")
    ('KrutiDev010', None)
    """
    clean = re.sub(r"^[A-Z]{6}\+", "", name.strip().strip("\"'"))
    return clean if _LEGACY.match(clean) and not _UNICODE.search(clean) else None


def refuse_legacy_font(where: str, font: str) -> DataError:
    """Return the error that tells of a document in a legacy font."""
    return DataError(
        f"{where}: text must be Unicode; got the legacy font {font[:40]}, whose letters are no Hindi characters; "
        "convert it to Unicode first"
    )
