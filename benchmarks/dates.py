"""How well dates are read: known expressions, agreement of the two sides of parallel text, and speed.

    python -m benchmarks.dates DATA/dev/dates                # expressions with known values
    python -m benchmarks.dates DATA/dev/dates --pairs HI EN  # and agreement over parallel lines
    python -m benchmarks.dates --pairs HI EN --show                    # with the lines that disagree
    python -m benchmarks.dates FOLDER --pairs HI EN --half 2           # every other case and line, the rest unread

The expressions come from microsoft/Recognizers-Text and from dateparser. `found` is a hit that overlaps the expected
text, `text` one with its borders but for words as तक and के बीच, `days` one whose days are the expected days, `overlap`
one that shares a day with them. Recognizers reads 3-7-2017 month first, and is
read so; the last line tells what is right day first, as India writes. It ends ranges of months and years on the first
day of the last (`मई 2015 और 2018 के बीच`: to 1 January 2018, where EDTF has `2015-05/2018`): these are misses of `days`,
and equal in the last line where the end is told to no finer precision. It gives halves of years for के अंत, which are
misses. Lines that both sides date hold an absolute date on either; आज and the like have no counterpart where a
translator said it in another way, so that all lines with dates agree less often. Seasons, festivals without a year,
week numbers and times of day are out of scope and counted so.
"""

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from tithi.dates.find import DateHit, find_dates
from tithi.errors import DataError
from training.needed import needed, run

Days = tuple[date, date]
Line = TypeVar("Line")

YEAR = re.compile(r"\d{4}|\d[-/.]\d+[-/.]\d\d")
POINTING = re.compile("इस|उस|अगल|पिछल|आज|कल|परसों|पहले|बाद|हफ्त|हफ़्त|सप्ताह|आगामी|गत|अंत|शुरुआत")

OUT_OF_SCOPE = (
    *("गर्मी", "गर्मियों", "वसंत", "दिवस", "डे", "दिवाली", "रक्षाबंधन", "क्रिसमस", "थैंक्स", "मंडे", "Monday", "फ़्राइड"),
    *("घंटे", "मिनट", "सेकंड", "मेरा", "बाकी", "सप्ताह 10", "31वें"),
)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", nargs="?", type=Path, help="folder of *.jsonl files with known expressions")
    parser.add_argument("--pairs", nargs=2, action="append", type=Path, default=[], metavar=("HI", "EN"))
    parser.add_argument("--show", action="store_true", help="print the misses and disagreements")
    parser.add_argument("--half", type=int, choices=(1, 2), help="every other case and line, from the first or second")
    options = parser.parse_args()
    if options.folder is None and not options.pairs:
        parser.error("give the folder of the expressions, or --pairs")
    if options.folder is not None:
        expressions(needed(options.folder, "dates"), options.half, show=options.show)
    if options.pairs:
        lines = halved([pair for hi, en in options.pairs for pair in parallel(hi, en)], options.half)
        agreement(lines, show=options.show)


def expressions(folder: Path, half: int | None, *, show: bool) -> None:
    """Print recall and exactness by kind of expression."""
    counts: Counter[tuple[str, str]] = Counter()
    absolute: Counter[str] = Counter()
    for path in sorted(folder.glob("*.jsonl")):
        for line in halved(path.read_text(encoding="utf-8").splitlines(), half):
            expression = read_expression(json.loads(line))
            if is_absolute(expression):
                absolute.update(["cases", *agreements(expression)])
            outcome, found = judge(expression)
            counts.update((expression.kind, name) for name in ("cases", *outcome))
            if show and "days" not in outcome and "scope" not in expression.kind:
                print(f"  {expression}\n    found {found}")
    names = ("cases", "found", "text", "days", "overlap")
    print(f"{'kind':40}" + "".join(f"{name:>9}" for name in names))
    for kind in sorted({kind for kind, _ in counts}):
        print(f"{kind:40}" + "".join(f"{counts[kind, name]:9}" for name in names))
    total = max(1, absolute["cases"])
    print(
        f"absolute dates: {absolute['cases']} cases; equal {absolute['days']}, {100 * absolute['days'] / total:.1f} %; "
        f"with ends of a range equal at the precision told {absolute['told']}, {100 * absolute['told'] / total:.1f} %; "
        f"read day first {absolute['day first']}, {100 * absolute['day first'] / total:.1f} %"
    )


def halved(lines: list[Line], half: int | None) -> list[Line]:
    """Return every other line, from the first or the second, or all of them."""
    return lines if half is None else lines[half - 1 :: 2]


class Expression(NamedTuple):
    """One known case: `days` are the first and last days that may be meant, empty where the set does not tell."""

    kind: str
    text: str
    expected: str
    reference: date | None
    days: list[Days]


def read_expression(row: dict[str, Any]) -> Expression:
    """Read a row of either set."""
    if "timex" not in row:
        moment = row.get("datetime")
        days = [(date(*moment[:3]), date(*moment[:3]))] if moment else []
        kind = "dateparser" if moment else "dateparser (durations, out of scope)"
        return Expression(kind, row["text"], row["text"], None, days)
    kind = f"Recognizers {row['src']}"
    if any(word in row["text"] for word in OUT_OF_SCOPE):
        kind += " (out of scope)"
    told = [known_days(row["text"], row["timex"], row[tense]) for tense in ("past", "future")]
    days = [] if row["timex"].startswith(("XXXX", "(XXXX")) else [pair for pair in told if pair is not None]
    return Expression(kind, row["input"], row["text"], date.fromisoformat(row["ref"][:10]), days)


def known_days(text: str, timex: str, values: dict[str, str]) -> Days | None:
    """The expected first and last day. The set ends weeks, months, years and decades on the day after."""
    first = values.get("date") or values.get("startDate")
    last = values.get("date") or values.get("endDate") or first
    if not first or not last or first == "0001-01-01":
        return None
    after = last != first and (not timex.startswith("(") or "दशक" in text or "सदी" in text)
    return date.fromisoformat(first), date.fromisoformat(last) - timedelta(after)


def is_absolute(expression: Expression) -> bool:
    """Whether the expression of Recognizers tells a year in figures and nothing points from the day of writing."""
    in_scope = expression.kind.startswith("Recognizers Date") and "scope" not in expression.kind
    return (
        in_scope
        and bool(expression.days)
        and bool(YEAR.search(expression.expected))
        and not POINTING.search(expression.expected)
    )


def agreements(expression: Expression) -> list[str]:
    """Return how an absolute date agrees: in its days, in ends as precise as they are told, and so day first too."""
    agreed = ["days"] if "days" in judge(expression)[0] else []
    for name, month_first in (("told", True), ("day first", False)):
        hits = found_in(expression, month_first=month_first)
        if any((hit.span.start, hit.span.end) in expression.days or ends_alike(hit, expression) for hit in hits):
            agreed.append(name)
    return agreed


def ends_alike(hit: DateHit, expression: Expression) -> bool:
    """Whether a range ends in a month or year of which the set gives the first day."""
    first, last, ends = hit.span.start, hit.span.end, (hit.span.edtf or "").split("/")
    if first is None or last is None or len(ends) != 2 or len(ends[-1]) > len("2018-01"):
        return False
    return (first, date(last.year, last.month if len(ends[-1]) > len("2018") else 1, 1)) in expression.days


def found_in(expression: Expression, *, month_first: bool) -> list[DateHit]:
    """Return the hits that overlap the expected text."""
    start = expression.text.index(expression.expected)
    hits = find_dates(expression.text, "hi", reference=expression.reference, month_first=month_first)
    return [hit for hit in hits if hit.start < start + len(expression.expected) and start < hit.stop]


def judge(expression: Expression) -> tuple[list[str], list[tuple[str, str]]]:
    """Return which of found, text, days and overlap hold, and what was found."""
    hits = found_in(expression, month_first=True)
    outcome = ["found"] if hits else []
    bare = expression.expected.removesuffix("के बीच").removesuffix("तक").strip()
    if any(hit.text in (expression.expected, bare) for hit in hits):
        outcome.append("text")
    spans = [(hit.span.start, hit.span.end) for hit in hits]
    if hits and (not expression.days or any(span in expression.days for span in spans)):
        outcome.append("days")
    if hits and (not expression.days or any(meet(span, days) for span in spans for days in expression.days)):
        outcome.append("overlap")
    return outcome, [(hit.text, hit.span.key) for hit in hits]


def meet(span: tuple[date | None, date | None], days: Days) -> bool:
    """Whether a span has a day in common with the expected days."""
    return span[0] is not None and span[1] is not None and span[0] <= days[1] and days[0] <= span[1]


def parallel(hi: Path, en: Path) -> Iterator[tuple[str, str]]:
    """Yield the lines of two files side by side; two folders give the files of the same name."""
    if hi.is_dir():
        for path in sorted(hi.glob("*.hi")):
            yield from parallel(path, en / f"{path.stem}.en")
        return
    sides = [path.read_text(encoding="utf-8").split("\n") for path in (hi, en)]
    if len(sides[0]) != len(sides[1]):
        raise DataError(
            f"{hi}: both sides need as many lines; got {len(sides[0])} and {len(sides[1])}; align them by line"
        )
    yield from zip(*sides, strict=True)


def agreement(lines: list[tuple[str, str]], *, show: bool) -> None:
    """Print how often the two sides tell the same dates, and how fast they are read."""
    started = time.process_time()
    found = [(find_dates(hi, "hi"), find_dates(en, "en")) for hi, en in lines]
    seconds = time.process_time() - started
    counts: Counter[str] = Counter()
    for (hi_text, en_text), (hi, en) in zip(lines, found, strict=True):
        hi_keys, en_keys = Counter(hit.span.key for hit in hi), Counter(hit.span.key for hit in en)
        if not hi_keys and not en_keys:
            continue
        counts["lines with dates"] += 1
        counts["same dates"] += hi_keys == en_keys
        counts["same distinct dates"] += set(hi_keys) == set(en_keys)
        counts["dates"] += max(hi_keys.total(), en_keys.total())
        counts["shared dates"] += (hi_keys & en_keys).total()
        absolute = [
            Counter({key: n for key, n in keys.items() if not key.startswith("relative:")})
            for keys in (hi_keys, en_keys)
        ]
        counts["lines with absolute dates"] += bool(absolute[0] or absolute[1])
        counts["same absolute dates"] += bool(absolute[0] or absolute[1]) and absolute[0] == absolute[1]
        if absolute[0] and absolute[1]:
            counts["lines both sides date"] += 1
            counts["the same distinct ones"] += absolute[0].keys() == absolute[1].keys()
            counts["dates of those lines"] += max(absolute[0].total(), absolute[1].total())
            counts["shared ones of those"] += (absolute[0] & absolute[1]).total()
        if show and set(hi_keys) != set(en_keys):
            print(
                f"  hi only {dict(hi_keys - en_keys)}  en only {dict(en_keys - hi_keys)}\n    {hi_text}\n    {en_text}"
            )
    for name, value in counts.items():
        print(f"{name:30}{value:8}")
    for part, whole, name in (
        ("same distinct dates", "lines with dates", "lines with dates, agree"),
        ("the same distinct ones", "lines both sides date", "lines both sides date, agree"),
        ("shared ones of those", "dates of those lines", "dates of those lines, agree"),
    ):
        print(f"{name:30}{100 * counts[part] / max(1, counts[whole]):8.2f} %")
    print(f"{'lines (both sides) a second':30}{2 * len(lines) / max(seconds, 1e-9):8.0f}")


if __name__ == "__main__":
    run(main)
