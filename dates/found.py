"""What the grammars of dates hand on: tokens, their meaning, and the evidence that they are a date."""

from typing import Literal, NamedTuple

from tithi.dates.span import DateSpan

__all__ = ["Evidence", "Found"]

Evidence = Literal[
    "month",
    "figures",
    "cue",
    "brackets",
    "range",
    "name",
    "event",
    "modern",
    "words",
    "era",
    "decade",
    "century",
    "fiscal",
    "part",
    "festival",
    "relative",
]


class Found(NamedTuple):
    """A date read from tokens `[start, stop)`, and by what it is known for one.

    | evidence | what made it a date |
    | --- | --- |
    | `month` | the name of a month |
    | `figures` | day, month and year in figures |
    | `cue` | a word beside a number: सन्, in, since, circa |
    | `brackets` | a year in brackets or set off by commas, as citations and lives have it |
    | `range` | two years that make a range |
    | `name` | a name behind a year: the 1237 Battle |
    | `event` | what is told by its year, or happened in it: Act 1955, चुनाव 2019, the 1985 earthquake |
    | `modern` | nothing but the number itself: from 1800 to 2100, not round, and nothing counts or numbers with it |
    | `words` | a year as it is spelt: nineteen forty-seven, अठारह सौ सत्तावन में |
    | `era`, `decade`, `century` | the word for it |
    | `fiscal` | a financial year |
    | `part` | a part of a month or year: third quarter of 2019, last Monday of May |
    | `festival` | a festival and its year |
    | `relative` | a word that points from the day of writing: कल, last week, Tuesday |
    """

    start: int
    stop: int
    span: DateSpan
    evidence: Evidence
