"""Dates: each date of one side must be told on the other, at least as coarsely.

A date is met by an equal one, by a longer stretch that holds it (`मई 2020` for 5 May 2020), by its day without a
year, or when year, month and day all stand in the other text, be it split over two dates or unread. Relative dates
(कल, last week) are compared with their like alone. What is left on both sides is a contradiction.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from tithi.dates.find import DateHit, dates_in
from tithi.dates.span import DateSpan
from tithi.evidence.pair import Pair, month_words, season_words, weekday_words
from tithi.evidence.tables import word_set
from tithi.evidence.words import Words
from tithi.numerals.find import NumberHit
from tithi.numerals.tokens import reading
from tithi.records import Issue
from tithi.rules.check import Check, contradiction
from tithi.rules.otherwise import ages

__all__ = ["DATES", "check_dates"]

_DIGITS = re.compile(r"\d+")
_DECIMAL = re.compile(r"(?<![\d.])\d+(?:\.\d+)?\s?%|(?<![\d.])\d+\.\d+(?![\d.])")
"""What is no day of a month: 0.7, 5 %."""
_DAYS_OFF: Final = re.compile(r"[-+±]?(\d+)d")
_YEARS = range(1000, 2101)
_PART = re.compile(r"-?[\dX]+")


def check_dates(pair: Pair) -> list[Issue]:
    """Report dates that the other side contradicts or lacks."""
    return (
        _calendar_issues(pair)
        or _day_issues(pair)
        or _named_issues(pair, weekday_words())
        or _named_issues(pair, month_words())
    )


def _day_issues(pair: Pair) -> list[Issue]:
    """Report परसों where the other side says yesterday: the one day that each side counts from today on."""
    if word_set("days-off").isdisjoint(pair.hi_words.distinct):
        return []
    # Of a pair only what is near a date of the calendar was read.
    told = dates_in(reading(pair.hi), "hi"), dates_in(reading(pair.en), "en")
    hi, en = ([hit for hit in dates if _days_off(hit) is not None] for dates in told)
    if len(hi) != 1 or len(en) != 1 or _days_off(hi[0]) == _days_off(en[0]):
        return []
    return [contradiction("date", hi[0], en[0])]


def _days_off(date: DateHit) -> int | None:
    """Return how many days a day is from today, whether back or ahead; None for what is no such day."""
    found = _DAYS_OFF.fullmatch(date.span.relative or "")
    return int(found[1]) if found else None


def _named_issues(pair: Pair, names: Mapping[str, str]) -> list[Issue]:
    """Report a day of the week or a month that stands where the other side has another; one left out is no error."""
    if names.keys().isdisjoint(pair.hi_words.distinct) or names.keys().isdisjoint(pair.en_words.distinct):
        return []
    hi, en = (
        {names[key]: found[i] for i, key in enumerate(found.keys) if key in names}
        for found in (pair.hi_words, pair.en_words)
    )
    # may is a verb, and March a name: with a small letter no English month.
    en = {name: word for name, word in en.items() if not word.text.islower()}
    hi_left, en_left = [hi[name] for name in hi if name not in en], [en[name] for name in en if name not in hi]
    return [contradiction("date", ours, theirs) for ours, theirs in zip(hi_left, en_left, strict=False)]


def _calendar_issues(pair: Pair) -> list[Issue]:
    if not pair.hi_dates and not pair.en_dates:
        return []
    hi, en = _unmet(pair.hi_dates, pair.en_dates), _unmet(pair.en_dates, pair.hi_dates)
    if (hi or en) and ages(pair.en_words):
        # In his thirties is an age, and तीस के दशक in the Hindi may be.
        hi, en = ([date for date in left if date.span.precision != "decade"] for left in (hi, en))
    if hi or en:
        hi_parts = _parts_of(pair.hi_words, pair.hi_dates) | _years_of(pair.hi_numbers)
        en_parts = _parts_of(pair.en_words, pair.en_dates) | _years_of(pair.en_numbers)
        hi_left = [date for date in hi if not _parts(date) <= en_parts]
        en_left = [date for date in en if not _parts(date) <= hi_parts]
        if hi_left or en_left:
            return _issues(hi if en_left else hi_left, en if hi_left else en_left)
    return _rivals(pair)


def _rivals(pair: Pair) -> list[Issue]:
    """Report the one year of each side that but a century of the other side meets: 1774 and 1772."""
    told = [{date.span.key for date in dates} for dates in (pair.hi_dates, pair.en_dates)]
    hi = [date for date in pair.hi_dates if date.span.precision == "year" and date.span.key not in told[1]]
    en = [date for date in pair.en_dates if date.span.precision == "year" and date.span.key not in told[0]]
    if len(hi) == len(en) == 1 and not hi[0].span.overlaps(en[0].span) and _back(hi[0]) != _back(en[0]):
        return [contradiction("date", hi[0], en[0])]
    return []


def _back(date: DateHit) -> str:
    """Return how far back or ahead a date begins: पिछले एक साल is the past year, or the last one up to now."""
    return (date.span.relative or date.text).partition("/")[0]


def _issues(hi: Sequence[DateHit], en: Sequence[DateHit]) -> list[Issue]:
    issues = [contradiction("date", ours, theirs) for ours, theirs in zip(hi, en, strict=False)]
    hi_more, en_more = hi[len(en) :], en[len(hi) :]
    issues += [Issue("date", "error", (d.start, d.stop), None, f"{d.text} is not in the English") for d in hi_more]
    issues += [Issue("date", "error", None, (d.start, d.stop), f"{d.text} is not in the Hindi") for d in en_more]
    return issues


def _unmet(ours: Sequence[DateHit], theirs: Sequence[DateHit]) -> list[DateHit]:
    """Return our calendar dates that no date of the other side equals or holds, nor is held by."""
    placed = [date.span for date in theirs if date.span.edtf is not None]
    return [
        date
        for date in ours
        if date.span.edtf is not None
        and not any(
            date.span.key == span.key
            or (date.span.precision != span.precision and (_holds(span, date.span) or _holds(date.span, span)))
            or ((date.span.start is None) != (span.start is None) and date.span.overlaps(span))
            for span in placed
        )
    ]


def _holds(coarse: DateSpan, fine: DateSpan) -> bool:
    """Whether a date is the other told more coarsely; 1890 may stand for the 1890s, 1899 may not."""
    if coarse.precision == "decade" and fine.precision == "year" and fine.start is not None and fine.start.year % 10:
        return False
    return coarse.contains(fine)


def _parts(date: DateHit) -> frozenset[str]:
    """Return what a date says part by part: `y2020`, `m05`, `d16`, of both ends of a range."""
    found = set()
    for end in (date.span.edtf or "").split("/"):
        for letter, part in zip("ymd", _PART.findall(end.lstrip("-")), strict=False):
            number = part.lstrip("-")
            if number.strip("X"):
                found.add(letter + number)
    return frozenset(found)


def _parts_of(text: Words, dates: Sequence[DateHit]) -> frozenset[str]:
    """Return the parts of all dates of a side, and of the bare digits and months in its text, read as dates or not."""
    months = month_words()
    found = {f"m{int(months[key]):02}" for key in months.keys() & text.distinct}
    # जेठ is told as June: a month of the Hindu year lies in two of ours.
    seasons = season_words()
    found |= {f"m{month:02}" for key in seasons.keys() & text.distinct for month in seasons[key]}
    for date in dates:
        found |= _parts(date)
    converted = _converted(dates)
    decimals = {at for match in _DECIMAL.finditer(text.source) for at in range(*match.span())}
    for match in _DIGITS.finditer(text.source):
        if match.start() in converted:
            continue
        digits = match[0]
        number = str(int(digits)) if len(digits) <= 4 else digits
        found.add("y" + number.zfill(4))
        if len(number) <= 2 and match.start() not in decimals:
            found.add("d" + number.zfill(2))
    return frozenset(found)


def _years_of(numbers: Sequence[NumberHit]) -> frozenset[str]:
    """Return the years that numbers in words may be, read as dates or not: two thousand and eight."""
    return frozenset(f"y{int(hit.value)}" for hit in numbers if hit.value.denominator == 1 and int(hit.value) in _YEARS)


def _converted(dates: Sequence[DateHit]) -> set[int]:
    """Return where the figures of years of other eras stand, which are no years of ours: 2080 in विक्रम संवत 2080."""
    return {
        date.start + match.start()
        for date in dates
        if date.span.edtf is not None
        for match in _DIGITS.finditer(date.text)
        if len(match[0]) > 2 and f"y{int(match[0]):04}" not in _parts(date)
    }


DATES = Check(
    check_dates,
    {"date": "a date that the other side gives otherwise or not at all; yesterday for today, last year for last month"},
)
