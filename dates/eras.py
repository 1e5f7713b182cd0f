"""Years of other eras as days of ours: Vikram Samvat, Saka, Hijri, before and after Christ.

    >>> era_year("V", 2080).edtf, era_year("H", 1445).edtf, era_year("B", 322).edtf
    ('2023/2024', '2023/2024', '-0321')
    >>> era_month("V", 2080, 12, None).edtf
    '2024-02/2024-03'

A year alone of the first three reaches over two of ours, and that is what is said of it. Days and months of the Saka
era of the national calendar are exact. A month of a Vikram year is the two of ours in which it lies, the year counted
from Chaitra as in the north of India (in Gujarat it begins with Kartik); its days, and those of the Hijri year, are
not converted. शक is doubt too, so a year behind it has four digits, behind शक संवत any.

Source: the rule of the Indian national calendar (Calendar Reform Committee, 1955: 1 Chaitra is 22 March, 21 in leap
years; six months of 31 days from the second on) and the arithmetic Islamic calendar (30-year cycle, leap years 2, 5, 7
… by (3 + 11 y) div 30).
"""

from calendar import isleap
from datetime import date, timedelta
from typing import Final

from tithi.dates.edges import is_until
from tithi.dates.found import Found
from tithi.dates.glued import is_glued
from tithi.dates.phrases import era_forms, phrase_at
from tithi.dates.reader import Reader
from tithi.dates.span import DateSpan, calendar_span, interval

__all__ = ["christian_era", "era_at", "era_dates", "era_month", "era_year"]

_LONGEST: Final = 6
_LONGEST_MONTH: Final = 32
#: Years of the longest age that is told by its first and last.
_LONGEST_AGE: Final = 999
#: 1 Muharram of year 1 as an ordinal of `datetime.date`: 16 July 622 (Julian), 19 July 622.
_HIJRA: Final = 227015
_LUNAR_DAYS: Final = 30
#: The year of ours in which year 0 of an era began that goes with the sun: Vikram, Saka, Fasli (as in the north), that
#: of Bengal, of the Nirvana of Mahavira, of Guru Nanak.
_BEGINS: Final = {"V": -57, "S": 78, "F": 592, "G": 593, "N": -527, "D": 1468}
_YEARS: Final = {
    "V": range(1, 2300),
    "S": range(1, 2200),
    "H": range(1, 1700),
    "F": range(900, 1500),
    "G": range(900, 1500),
    "N": range(600, 2700),
    "D": range(1, 700),
}
#: What VS and BS beside a number are more often than years: programs named by a year of ours.
_PROGRAMS: Final = range(1980, 2030)
#: The least year behind a name of the Saka era that is a word of its own: शक is doubt, and the Saka a people.
_DOUBTED: Final = {True: 100, False: 1000}


def era_year(era: str, year: int) -> DateSpan:
    """Return the days of a year of an era: V(ikram), S(aka), H(ijri), B(efore Christ), A(fter), or `_BEGINS`."""
    if era in "BA":
        return calendar_span(1 - year if era == "B" else year)
    if era in _BEGINS:
        return interval(calendar_span(year + _BEGINS[era]), calendar_span(year + _BEGINS[era] + 1))
    first, last = (date.fromordinal(_muharram(number) - after).year for number, after in ((year, 0), (year + 1, 1)))
    return interval(calendar_span(first), calendar_span(last))


def _muharram(year: int) -> int:
    """The first day of a Hijri year as an ordinal."""
    return _HIJRA + 354 * (year - 1) + (3 + 11 * year) // 30


def era_at(reader: Reader, index: int) -> tuple[str, int] | None:
    """Read the name of an era (ईसा पूर्व, वि.सं., BC, AH): which it is and the token after, None for none."""
    if index >= len(reader.tokens) or not reader.has_eras:
        return None
    era = phrase_at(era_forms(), reader.tokens.texts, index)
    return era if era is not None and _is_capital(reader, index) else None


def christian_era(reader: Reader, index: int) -> tuple[bool, int] | None:
    """Read `ईसा पूर्व`, `ई.पू.`, `BC`, `ईस्वी`, `AD`: whether it is before Christ, and the token after."""
    if reader.text(index) in ("years", "before"):
        before = index + (reader.text(index) == "years")
        era = era_at(reader, before) if before > index else None
        if era is not None and era[0] == "B":
            return True, era[1]  # 3000 years BC
        is_told = reader.text(before) == "before" and reader.text(before + 1) == "christ"
        return (True, before + 2) if is_told else None
    era = era_at(reader, index)
    return None if era is None or era[0] not in "BA" else (era[0] == "B", era[1])


def _is_capital(reader: Reader, index: int) -> bool:
    """Whether a Latin name of an era is written as names are: a capital first, all capitals where it is short."""
    token = reader.tokens[index]
    if reader.has("small_era", index) or (reader.has("doubted_era", index) and reader.has("era_year", index + 1)):
        return True  # in samvat 1680, the saka year 1554
    short = reader.tokens.source[token.start : token.stop] if token.stop - token.start < 4 else ""
    return not token.text.isascii() or (token.capital and (not short or short.isupper()))


def era_dates(reader: Reader, index: int) -> list[Found]:
    """Read a year of the Vikram, Saka or Hijri era with its era before or after it, and a day or month of the Saka."""
    era = era_at(reader, index)
    if era is not None:
        return _behind_era(reader, index, *era)
    whole = _with_month(reader, index)
    if whole is not None:
        return [whole]
    year, name = reader.number(index), index + 1
    if reader.text(name) == "of":
        name += 1 + (reader.text(name + 1) == "the")  # 1554 of the Saka era
    last = reader.number(index + 2) if reader.has("range_word", index + 1) else None
    name += 0 if last is None else 2
    era = era_at(reader, name) if year is not None else None
    if year is None or era is None or not _is_year(reader, name, era[0], year) or is_glued(reader, index):
        return []
    if reader.has("coded_era", name) and _opens_name(reader, era[1]):
        return []
    span = era_year(era[0], year)
    if last is not None:
        if last <= year or era[0] not in _YEARS:
            return []
        span = interval(span, era_year(era[0], last))
    return [Found(index, era[1], span, "era")]


def _opens_name(reader: Reader, index: int) -> bool:
    """Whether a name goes on at a token: SE Asia, VS Code."""
    return index < len(reader.tokens) and reader.tokens.kind(index) == "word" and reader.tokens.capital(index)


def _is_year(reader: Reader, index: int, era: str, year: int) -> bool:
    """Whether a year can be one of an era of other than Christ; `index` is where the era's name begins.

    VS 2022 is a program and BS 1363 a standard, but no VS 1680 and no BS 2076.
    """
    first = reader.words.get("coded_era", reader.text(index))
    return year in _YEARS.get(era, ()) and (first is None or (year >= int(first) and year not in _PROGRAMS))


def _behind_era(reader: Reader, index: int, era: str, stop: int) -> list[Found]:
    """Read `संवत 1680`, `हिजरी सन् 1445`, `Vikram Samvat year 2080`, `संवत् 1680 वि.`."""
    if era not in _YEARS or (reader.has("era_behind", index) and stop < index + 3):
        return []
    while stop < index + _LONGEST + 2 and reader.has("era_year", stop):
        stop += 1
    year = None if reader.has("ordinal_suffix", stop + 1) else reader.number(stop)
    alone = reader.text(index).isascii() if stop == index + 1 and reader.has("doubted_era", index) else None
    if year is None or reader.counts(stop + 1) or not _is_year(reader, index, era, year):
        return []
    if alone is not None and year < _DOUBTED[alone]:
        return []
    last = stop + 2 if reader.text(stop + 1) == "-" else stop  # गुप्त संवत 319-320 ई.
    after = era_at(reader, last + 1)
    if after is not None and after[0] in "BA":
        return []  # विक्रम संवत 57 ईसा पूर्व से चला
    if after is not None and after[0] == era and last == stop:
        return [Found(index, after[1], era_year(era, year), "era")]
    return [_with_end(reader, index, stop, era, year)]


def _with_end(reader: Reader, index: int, place: int, era: str, year: int) -> Found:
    """Return the year at `place` with what is told behind it: the year that ends a range, a month."""
    last = _last_year(reader, index, place, era)
    if last is not None:
        return Found(index, place + 3, interval(era_year(era, year), era_year(era, last)), "era")
    month, end = _month_behind(reader, place + 1)
    span = None if month is None else era_month(era, year, month, None)
    if span is None:
        return Found(index, place + 1, era_year(era, year), "era")
    return Found(index, end, span, "era")


def _last_year(reader: Reader, index: int, place: int, era: str) -> int | None:
    """Return the year that ends `संवत् 1050 से 1375 तक`, `Samvat 1050-1375`; `place` is where the first stands."""
    first, last = reader.number(place), reader.number(place + 2)
    if first is None or last is None or not first < last or last not in _YEARS[era] or last > first + _LONGEST_AGE:
        return None
    tight = reader.text(place + 1) == "-" and reader.tokens.tight(place + 2)
    told = reader.has("range_word", place + 1) and (is_until(reader, index, place + 3) or reader.ends(place + 3))
    return last if tight or told else None


def _month_behind(reader: Reader, index: int) -> tuple[int | None, int]:
    """Read the month behind its year, `के चैत्र मास`, and the token after."""
    start = index + (reader.has("genitive", index) or reader.text(index) == ",")
    month = reader.words.get("saka_month", reader.text(start))
    stop = start + 1
    return (None, index) if month is None else (int(month), stop + reader.has("lunar_month", stop))


def _with_month(reader: Reader, index: int) -> Found | None:
    """Read `1 चैत्र 1945 शक`, `चैत्र 1945 (शक संवत)`, `22 Chaitra, Saka 1945`, `फाल्गुन शुक्ल 5 संवत 1680`."""
    day = reader.number(index)
    start = index if day is None else index + 1
    month = reader.words.get("saka_month", reader.text(start))
    if month is None:
        return None
    stop = start + 1 + reader.has("lunar_month", start + 1)
    behind = reader.number(stop) if day is None else None
    if behind is not None and behind < _LONGEST_MONTH and (reader.text(stop + 1) == "," or era_at(reader, stop + 1)):
        day, stop = behind, stop + 1
    elif reader.has("fortnight", stop):
        stop += 1 + (reader.number(stop + 1) is not None or reader.has("lunar_day", stop + 1))
    stop += reader.text(stop) in (",", "(", "of")
    before = era_at(reader, stop)
    year = reader.number(stop if before is None else before[1])
    stop = (stop if before is None else before[1]) + 1
    after = era_at(reader, stop + (reader.text(stop) in (",", "("))) if before is None else before
    if year is None or after is None or after[0] not in "SV" or year not in _YEARS[after[0]]:
        return None
    span = era_month(after[0], year, int(month), day)
    stop = stop if before is not None else after[1]
    return None if span is None else Found(index, stop + (before is None and reader.text(stop) == ")"), span, "era")


def era_month(era: str, year: int, month: int, day: int | None) -> DateSpan | None:
    """Return a month (1 Chaitra), or a day of the Saka era, as days or months of ours; None where there is none."""
    if era == "S":
        return _saka_span(year, month, day)
    if era != "V" or (day is not None and not 1 <= day <= _LUNAR_DAYS):
        return None
    first = (year - 57) * 12 + month + 1
    return interval(*(calendar_span(number // 12, number % 12 + 1) for number in (first, first + 1)))


def _saka_span(year: int, month: int, day: int | None) -> DateSpan | None:
    """The days of a month, or a day, of the national calendar; None where there is no such day."""
    leap = isleap(year + 78)
    lengths = [31 if leap else 30, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 30]
    first = date(year + 78, 3, 21 if leap else 22) + timedelta(sum(lengths[: month - 1]))
    if day is not None and not 1 <= day <= lengths[month - 1]:
        return None
    ends = [
        first + timedelta(offset) for offset in ((0, lengths[month - 1] - 1) if day is None else (day - 1, day - 1))
    ]
    return interval(*(calendar_span(end.year, end.month, end.day) for end in ends))
