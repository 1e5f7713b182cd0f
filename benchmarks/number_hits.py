"""How often the two sides of parallel text tell the same numbers, and how fast they are read.

    python -m benchmarks.number_hits HI EN          # two files of parallel lines, or two folders of *.hi and *.en
    python -m benchmarks.number_hits HI EN --show   # with the lines that disagree

Dates are left out. A weak word (एक, one, both, hundreds) needs no counterpart but may be one.
"""

import argparse
import time
from collections import Counter
from pathlib import Path

from benchmarks.dates import parallel
from tithi.dates.find import find_dates
from tithi.numerals.find import NumberHit, digit_values, find_numbers
from training.needed import run


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("hi", type=Path)
    parser.add_argument("en", type=Path)
    parser.add_argument("--show", action="store_true", help="print the lines that disagree")
    options = parser.parse_args()
    lines = list(parallel(options.hi, options.en))
    numbers(lines, show=options.show)
    digits(lines)


def _both(hi: str, en: str) -> tuple[list[NumberHit], list[NumberHit]]:
    return (
        find_numbers(hi, "hi", skip=[(hit.start, hit.stop) for hit in find_dates(hi, "hi")]),
        find_numbers(en, "en", skip=[(hit.start, hit.stop) for hit in find_dates(en, "en")]),
    )


def numbers(lines: list[tuple[str, str]], *, show: bool) -> None:
    """Print how often the numbers of one side are on the other too; a weak one may be there, but need not."""
    counts: Counter[str] = Counter()
    for hi_text, en_text in lines:
        sides = _both(hi_text, en_text)
        if not any(not hit.weak for side in sides for hit in side):
            continue
        missing = [
            {str(hit.value) for hit in mine if not hit.weak} - {str(hit.value) for hit in theirs}
            for mine, theirs in (sides, sides[::-1])
        ]
        strong = [Counter(str(hit.value) for hit in side if not hit.weak) for side in sides]
        counts["lines with numbers"] += 1
        counts["same numbers"] += strong[0] == strong[1]
        counts["all have a counterpart"] += not (missing[0] or missing[1])
        counts["numbers"] += len(strong[0]) + len(strong[1])
        counts["without a counterpart"] += len(missing[0]) + len(missing[1])
        if show and (missing[0] or missing[1]):
            print(f"  hi only {missing[0]}  en only {missing[1]}\n    {hi_text}\n    {en_text}")
    started = time.process_time()
    for hi_text, en_text in lines:
        find_numbers(hi_text, "hi")
        find_numbers(en_text, "en")
    _report("numbers", counts, 2 * len(lines) / max(time.process_time() - started, 1e-9))


def digits(lines: list[tuple[str, str]]) -> None:
    """Print the same of the fast path that reads digits alone."""
    started = time.process_time()
    found = [(digit_values(hi), digit_values(en)) for hi, en in lines]
    speed = 2 * len(lines) / max(time.process_time() - started, 1e-9)
    told = [(hi, en) for hi, en in found if hi or en]
    counts = Counter({"lines with numbers": len(told), "same numbers": sum(hi == en for hi, en in told)})
    _report("digits alone", counts, speed)


def _report(name: str, counts: Counter[str], speed: float) -> None:
    print(name)
    for key, value in counts.items():
        print(f"  {key:28}{value:8}")
    print(f"  {'lines (both sides) a second':28}{speed:8.0f}")


if __name__ == "__main__":
    run(main)
