"""Festivals: rules against known days, and the table's days against the moon."""

from datetime import date, datetime

import pytest

from tithi.dates.festivals import festival_day
from tithi.numerals.tokens import word_list

DAYS = word_list("tithi.dates", "festivals.tsv").kinds["day"]
#: A new moon (6 January 2000, 18:14 UTC) and the mean length of a lunation, in days.
NEW_MOON = datetime(2000, 1, 6, 18, 14)
LUNATION = 29.530588853


def age_of_moon(day: date) -> float:
    """Days since the last mean new moon at noon UTC."""
    return ((datetime(day.year, day.month, day.day, 12) - NEW_MOON).total_seconds() / 86400) % LUNATION


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("easter+0", ["1961-04-02", "1999-04-04", "2000-04-23", "2008-03-23", "2019-04-21", "2038-04-25"]),
        ("easter-2", ["2021-04-02", "2024-03-29"]),
        ("easter-46", ["2018-02-14"]),
        ("01-26", ["1950-01-26", "2019-01-26"]),
        ("W3-11-4", ["2010-11-25", "2018-11-22"]),
        ("W6-05-2", ["2019-05-12", "2022-05-08"]),
    ],
)
def test_rules(rule: str, days: list[str]) -> None:
    for told in days:
        assert festival_day(rule, int(told[:4])) == date.fromisoformat(told)


@pytest.mark.parametrize(
    ("festival", "ages", "months"),
    [
        ("diwali", (28.0, 1.5), (10, 11)),
        ("holi", (14.0, 17.0), (2, 3)),
        ("eid_al_fitr", (1.0, 4.0), range(1, 13)),
        ("eid_al_adha", (9.0, 13.5), range(1, 13)),
    ],
)
def test_the_table_follows_the_moon(festival: str, ages: tuple[float, float], months: range) -> None:
    told = {form[-4:]: date.fromisoformat(day) for form, day in DAYS.items() if form.startswith(festival)}
    assert len(told) >= 25
    for year, day in told.items():
        age = age_of_moon(day)
        first, last = ages
        assert (first <= age <= last) if first < last else (age >= first or age <= last), (day, age)
        assert day.year == int(year)
        assert day.month in months
    assert festival_day(festival, 1950) is None
