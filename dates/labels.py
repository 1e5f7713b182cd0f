"""Numbers that look like years and are labels, titles, scores or prices: Room 2019, Orwell's 1984 is, ISO 1989-2014.

The words stand in words.tsv: after `label` words a number is a label whatever follows; after `label_alone` and `price`
words it is one unless में or the like makes it a year (`फ़ोन 2019 में आया`).
"""

import re
from functools import cache
from typing import Final

from tithi.dates.cited import is_cited
from tithi.dates.fiscal import MODERN
from tithi.dates.phrases import is_known_title
from tithi.dates.reached import is_called
from tithi.dates.reader import FIRST_YEAR, LAST_YEAR, Reader
from tithi.numerals.tokens import word_list

__all__ = ["is_amount", "is_in_row", "is_label", "is_lettered", "is_planned", "is_plural", "is_score", "is_tagged"]

_PLATE: Final = re.compile(
    r"\b[A-Z]{2}(?:[ -]?\d{1,2}[A-Z]?[ -][A-Z]{1,3}[ -]|\d{2}[ -]|[ -]\d{1,2}[A-Z]{1,3}[ -]"
    r"|(?<=AP|AS|BR|CG|CH|DL|GJ|HP|HR|JH|JK|KA|KL|MH|MP|OD|PB|RJ|TN|TS|UK|UP|WB)[ -]\d{1,2}[ -])\Z"
)
_FLIGHT: Final = re.compile(r"\b(?:6E|9W|G8|I5|S2|S5|9I|2T|QP|SG|IX|6ई)[ -]\Z")
_PLATE_REACH: Final = 16
#: Numbers of the longest row that is looked at.
_ROW: Final = 6
_SHORTEST_EVENT: Final = {True: 4, False: 3}
_EVENTS: Final = range(1990, 2051)
#: With what telephone numbers begin that cost the caller nothing.
_FREE: Final = ("1800", "1860")
_QUOTES: Final = frozenset("\"“”'")


def is_label(reader: Reader, index: int) -> bool:
    """Whether the number at a token is a label or a price by the word before it, or by `/-` behind it."""
    if reader.has("model_word", index + 1) or _is_of_rules(reader, index):
        return False  # गाड़ी 2012 मॉडल
    before = index - 1
    while before > index - 3 and _parts_label(reader, before):
        before -= 1
    numbered = reader.has("number_word", before)
    if numbered:
        before -= 1 + (reader.text(before - 1) == ".")
    if _is_word(reader, "label", before) or (numbered and reader.has("label_alone", before)):
        return True
    if any(told(reader, index) for told in _TOLD):
        return True
    if reader.has("year_after", index + 1) or reader.text(index - 1) in ("in", "since"):
        return False
    if reader.has("year_noun", index + 1 + reader.has("genitive", index + 1)):
        return False  # जनसंख्या 2011 की जनगणना में
    named = before - reader.has("naming", before)  # the fee was 1950, the PIN is not 1950
    named -= named < before and reader.has("naming", named)
    alone = named if reader.text(before) != "of" else before
    is_range = reader.text(index + 1) == "-" and len(reader.text(index + 2)) == 2  # जनसंख्या 1623–25 में मरी
    is_named = named < before and reader.text(before) != "of" and _is_numbered(reader, named)
    is_price = reader.has("price", named) and not is_range
    return is_price or is_named or _is_word(reader, "label_alone", alone) or numbered


def _is_of_rules(reader: Reader, index: int) -> bool:
    """Whether a number is the year of rules that have a name: Aircraft Rules 1937, `वन अधिकार नियम 2008`."""
    name = index - 2
    if not reader.has("ruleset", index - 1) or name < 0 or reader.tokens.kind(name) != "word":
        return False
    return reader.number(index) in MODERN and (reader.tokens.capital(name) or not reader.text(name).isascii())


def _is_numbered(reader: Reader, index: int) -> bool:
    """Whether a token is a label or the word number: the PIN is 1950, my number is 1950."""
    return _is_word(reader, "label", index) or reader.has("number_word", index)


def _parts_label(reader: Reader, index: int) -> bool:
    """Whether a mark stands between a label and its number: `No. 5`, `Room: 5`, `Phone - 5`."""
    return reader.text(index) in (".", ":") or (reader.text(index) == "-" and not reader.tokens.tight(index))


def _is_second(reader: Reader, index: int) -> bool:
    """Whether a number is the second of labels: Articles 1950 and 1951, पंक्ति 1850 से 1900 तक."""
    if not reader.text(index - 2).isdecimal() or not _is_word(reader, "label", index - 3):
        return False
    return reader.has("and_word", index - 1) or reader.has("range_word", index - 1)


def _is_known_title(reader: Reader, index: int) -> bool:
    return is_known_title(reader.tokens, index)


def _is_priced(reader: Reader, index: int) -> bool:
    """Whether a number is a price by what stands behind it: 1947/-."""
    return reader.text(index + 1) == "/" and reader.text(index + 2) == "-"


def _is_filed(reader: Reader, index: int) -> bool:
    """Whether a number opens that of a file: `2019/सा०प्र०/145`, `2019/A/145`, `2019-20/45`; no 2019/May/5."""
    if reader.text(index + 1) == "-" and "/" in reader.text(index + 2)[1:]:
        return reader.tokens.tight(index + 1) and reader.tokens.tight(index + 2)
    if reader.text(index + 1) != "/" or not reader.tokens.tight(index + 1) or len(reader.tokens) <= index + 2:
        return False
    if reader.tokens.kind(index + 2) != "word" or reader.month(index + 2) is not None:
        return False
    ahead = index + 3
    is_short = reader.text(ahead) == "." and ahead + 1 < len(reader.tokens) and reader.tokens.tight(ahead + 1)
    return reader.text(ahead) == "/" or is_short


def _is_plate(reader: Reader, index: int) -> bool:
    """Whether a number ends that of a vehicle or a flight: `UP 32 AB 1947`, `HR26 1998`, `6E 2014`."""
    for place in (index - 2, index - 3):
        if reader.has("plate", place) and (reader.number(place + 1) or 100) < 100:
            return True
    start, _ = reader.tokens.span(index, index + 1)
    if _FLIGHT.search(reader.tokens.source, max(0, start - _PLATE_REACH), start):
        return True
    return _PLATE.search(reader.tokens.source, max(0, start - _PLATE_REACH), start) is not None


def _is_title(reader: Reader, index: int) -> bool:
    """Whether a number is the name of a work: `“1984”`, `read 1984 by Orwell`, `Orwell's 1984 is`, `की 1984 पढ़ी`."""
    before, after = reader.text(index - 1), reader.text(index + 1)
    if before in _QUOTES and after in _QUOTES and reader.tokens.tight(index) and reader.tokens.tight(index + 1):
        return not reader.has("year_after", index + 2)
    if reader.has("work_before", index - 1):
        return after == "by" or reader.ends(index + 1) or after == ""
    if before == "s" and reader.text(index - 2) == "'":
        is_read = reader.has("work_before", index - 4)  # she read Orwell's 1984 twice
        return (is_read or reader.has("work_verb", index + 1)) and after.isascii()
    return reader.has("genitive", index - 1) and reader.has("work_verb", index + 1) and not after.isascii()


def _is_word(reader: Reader, kind: str, index: int) -> bool:
    """Whether a token is of a kind; one in small letters is no standard (`is 2019`) or name (`office 2019`)."""
    if not reader.has(kind, index):
        return False
    start, stop = reader.tokens.span(index, index + 1)
    written, case = reader.tokens.source[start:stop], reader.words.get(kind, reader.text(index))
    if not written.isascii() or case == "-":
        return True
    if case == "small":
        return not written.isupper()  # gate 4, but GATE 2024
    return written.isupper() if case == "capitals" else written[0].isupper()


def is_score(reader: Reader, index: int, stop: int) -> bool:
    """Whether two numbers joined by a hyphen are a score: `won 1998-12`, `a score of 98-12`, `2019-18 से जीता`."""
    before = index - 1 - (reader.text(index - 1) in ("by", "of"))
    if reader.has("score", before):
        return True
    return reader.has("from_word", stop) and reader.has("beat", stop + 1)


def is_amount(reader: Reader, index: int) -> bool:
    """Whether a Hindi sentence ends in a number and what it is, `आबादी 1985 थी।`, or a plural follows, `1998 केंद्रों पर`.

    यह 1985 था is a year, आज 2017 है another, and 1985 चुनावों में.
    """
    if is_plural(reader, index + 1) and not reader.has("event", index + 1):
        return True
    is_now = reader.has("now_word", index - 1) and (index == 1 or reader.has("sentence_end", index - 2))
    if not reader.has("copula", index + 1) or reader.has("this_is", index - 1) or is_now:
        return False
    return reader.ends(index + 2) or reader.text(index + 2) in ("", "\n")


def is_plural(reader: Reader, index: int) -> bool:
    """Whether a Hindi noun stands in the plural, those of places and times left out: केंद्रों."""
    return reader.text(index).endswith(_many_endings())


@cache
def _many_endings() -> tuple[str, ...]:
    """Return the endings of Hindi nouns in the plural, those of places and times left out."""
    return tuple(word_list("tithi.dates", "words.tsv").kinds["many_ending"])


def is_tagged(reader: Reader, index: int) -> bool:
    """Whether a year hangs on to the name of an event by a hyphen: `चुनाव-2019`, `Ludhiana-2011`; no `Plot-1947`."""
    if reader.text(index - 1) != "-" or not reader.tokens.tight(index - 1) or index < 2:
        return False
    name = reader.tokens[index - 2]
    is_word = (
        name.kind == "word"
        and len(name.text) >= _SHORTEST_EVENT[name.text.isascii() and reader.text(index - 3) != "("]
        and (reader.number(index) in _EVENTS or reader.text(index + 1) == ")")
    )
    return is_word and not any(reader.has(kind, index - 2) for kind in ("label", "label_alone", "price", "number_word"))


def is_lettered(reader: Reader, index: int) -> bool:
    """Whether a hyphen ties a letter to a number, which is that of a part or a form: 2014-B, `2019-बी`; no 1990-s."""
    letter = index + 2
    if reader.text(index + 1) != "-" or not (reader.tokens.tight(index + 1) and letter < len(reader.tokens)):
        return False
    is_one = len(reader.text(letter)) == 1 and reader.tokens.kind(letter) == "word" and reader.text(letter) != "s"
    return reader.tokens.tight(letter) and (is_one or reader.has("letter_name", letter))


def is_planned(reader: Reader, index: int) -> bool:
    """Whether a year far ahead is that of a plan (Vision 2060, `2070 तक का लक्ष्य`) and no name as Cyberpunk 2077."""
    return reader.text(index - 1) == "the" or reader.has("plan", index - 1) or reader.has("plan", index + 1)


def is_in_row(reader: Reader, index: int) -> bool:
    """Whether figures beside a number make it one of a licence or telephone, or the higher one of a score (2019-18)."""
    follows = reader.number(index + 2) if reader.text(index + 1) == "-" else None
    if follows is not None and reader.tokens.tight(index + 1) and reader.tokens.tight(index + 2):
        return True
    if reader.text(index - 1) in _FREE or (reader.text(index - 2) in _FREE and reader.number(index - 1) is not None):
        return True  # 1800 1801 1947
    row = _row(reader, index)
    return any(number > LAST_YEAR or (number < FIRST_YEAR and len(row) > 1) for number in row)


def _row(reader: Reader, index: int) -> list[int]:
    """Return the numbers that stand beside a number with nothing between: 2011 1985 77."""
    numbers: list[int] = []
    for step in (-1, 1):
        place = index + step
        while len(numbers) < _ROW and (number := reader.number(place)) is not None and not reader.is_spelled(place):
            numbers.append(number)
            place += step
    return numbers


_TOLD: Final = (
    *(_is_title, _is_known_title, _is_priced, is_called, _is_plate, _is_second, _is_filed),
    is_cited,
)
