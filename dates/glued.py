"""What hangs on to a number without a blank: whether it is a date still, `Date:12/05/2019`, or none: COVID-19."""

from typing import Final

from tithi.dates.reader import Reader
from tithi.dates.signs import is_circa

__all__ = ["is_dotted", "is_glued", "is_set_off"]

_CURRENCY: Final = frozenset("$€£₹¥")
_MARKS: Final = frozenset("/:#=_@\\+&°")
#: The ends of `w.e.f.` and `i.e.` with what stands before.
_DOTTED: Final = frozenset((("e", "f"), ("i", "e")))
#: Figures of a year, and letters of a word that is no short for another.
_FULL: Final = 4


def is_glued(reader: Reader, index: int) -> bool:
    """Whether the token hangs on to what stands before it: COVID-19, A4, $20, 10.5, a path."""
    if index == 0:
        return False
    before = reader.text(index - 1)
    if before in _CURRENCY or not reader.tokens.tight(index) or is_circa(reader, index):
        return before in _CURRENCY
    if reader.tokens.kind(index - 1) != "mark":
        return not _hangs_on_word(reader, index)
    if before == ":" or (before == "-" and reader.text(index - 2) == ":"):
        return not _is_headed(reader, index, index - 2 - (before == "-"))
    if before in ("-", "."):
        return reader.tokens.tight(index - 1) and not _ends_before(reader, index - 2)
    return before in _MARKS


def _is_headed(reader: Reader, index: int, heading: int) -> bool:
    """Whether what hangs on to a colon is a date: `Date:12/05/2019`, `Year:2019`, `दिनांक:-5 मई`."""
    if heading < 0 or reader.tokens.kind(heading) != "word":
        return False
    if any(reader.has(kind, heading) for kind in ("year_name", "dated_word", "headed")):
        return True
    is_whole = reader.tokens.kind(index) == "numeric" or reader.month(index + 1) is not None
    return is_whole and not any(reader.has(kind, heading) for kind in ("label", "label_alone", "version"))


def _ends_before(reader: Reader, index: int) -> bool:
    """Whether a mark tied to the token parts it from a number: mid-1990s, चित्र है.1969 में."""
    if reader.text(index + 1) == "-":
        return reader.has("part", index) or reader.has("dated_word", index)
    if reader.has("part", index) or reader.has("copula", index) or reader.has("past", index):
        return True
    if reader.month(index + 3) is not None and len(reader.text(index)) >= _FULL:
        return True  # Mumbai.11 July 2006
    return (reader.text(index - 2), reader.text(index)) in _DOTTED or reader.has("dated_word", index)


def _hangs_on_word(reader: Reader, index: int) -> bool:
    """Whether what hangs on to a word is a date: सन्1961, अगस्त15, September8, Oct2nd; no Mar15."""
    if not reader.text(index - 1).isascii():
        is_whole = len(reader.text(index - 1)) >= _FULL and len(reader.text(index)) == _FULL
        told = reader.has("in_word", index + 1) or reader.text(index + 1) == ")"
        tied = is_whole and told and not (reader.has("label", index - 1) or reader.has("label_alone", index - 1))
        return tied or reader.has("year_before", index - 1) or reader.has("month", index - 1)
    if len(reader.text(index)) == _FULL and _is_tied_year(reader, index):
        return True
    if reader.month(index - 1) is None:
        return False
    is_day = reader.has("ordinal_suffix", index + 1) and reader.tokens.tight(index + 1)
    return is_day or not reader.is_short_month(index - 1)


def _is_tied_year(reader: Reader, index: int) -> bool:
    """Whether four figures that hang on to an English word are a year: `in1988`, `(kohinoor1960)`."""
    is_name = len(reader.text(index - 1)) > _FULL and reader.text(index + 1) == ")"
    return is_name or reader.has("year_before", index - 1)


def is_dotted(reader: Reader, index: int) -> bool:
    """Whether stops alone part day, month and year: 15.Aug.1947, `15.अगस्त.1947`."""
    if reader.text(index) != "." or reader.text(index + 2) != "." or reader.year(index + 3) is None:
        return False
    return all(reader.tokens.tight(index + ahead) for ahead in range(4))


def is_set_off(reader: Reader, index: int) -> bool:
    """Whether a comma parts a day from its month: `on 14, August 1947`; no `sections 4, May 2019`."""
    year = index + 2 + (reader.text(index + 2) == ",")
    if reader.text(index) != "," or reader.month(index + 1) is None or reader.year(year) is None:
        return False
    day = index - 1 - reader.has("ordinal_suffix", index - 1)
    return not any(reader.has(kind, day - 1) for kind in ("label", "label_alone", "number_word", "list_word"))
