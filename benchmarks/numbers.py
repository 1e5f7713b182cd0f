"""How often the two sides of parallel text tell the same numbers, and how fast they are read.

    python -m benchmarks.numbers HI EN          # two files of parallel lines, or two folders of *.hi and *.en
    python -m benchmarks.numbers HI EN --show   # with the lines that disagree

Dates are left out, and so are weak words (एक, one, both, hundreds); see `tithi.aligner.numbers`.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.dates import parallel
from tithi.aligner.dates import find_dates
from tithi.aligner.numbers import digit_values, find_numbers
from tithi.corpus.records import Lang


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("hi", type=Path)
    parser.add_argument("en", type=Path)
    parser.add_argument("--show", action="store_true", help="print the lines that disagree")
    options = parser.parse_args()
    lines = list(parallel(options.hi, options.en))
    compare("numbers", lines, _values, show=options.show)
    compare("digits alone", lines, lambda text, _lang: digit_values(text), show=False)


def _values(text: str, lang: Lang) -> Mapping[object, int]:
    skip = [(hit.start, hit.stop) for hit in find_dates(text, lang)]
    return Counter(str(hit.value) for hit in find_numbers(text, lang, skip=skip) if not hit.weak)


def compare(
    name: str, lines: list[tuple[str, str]], read: Callable[[str, Lang], Mapping[object, int]], *, show: bool
) -> None:
    """Print the agreement of the values that `read` finds."""
    counts: Counter[str] = Counter()
    for hi_text, en_text in lines:
        hi, en = Counter(read(hi_text, "hi")), Counter(read(en_text, "en"))
        if not hi and not en:
            continue
        counts["lines with numbers"] += 1
        counts["same numbers"] += hi == en
        counts["same distinct numbers"] += set(hi) == set(en)
        counts["numbers"] += max(hi.total(), en.total())
        counts["shared numbers"] += (hi & en).total()
        if show and set(hi) != set(en):
            print(f"  hi only {dict(hi - en)}  en only {dict(en - hi)}\n    {hi_text}\n    {en_text}")
    started = time.process_time()
    for hi_text, en_text in lines:
        if name == "numbers":
            find_numbers(hi_text, "hi")
            find_numbers(en_text, "en")
        else:
            digit_values(hi_text)
            digit_values(en_text)
    seconds = time.process_time() - started
    print(name)
    for key, value in counts.items():
        print(f"  {key:28}{value:8}")
    print(f"  {'lines (both sides) a second':28}{2 * len(lines) / max(seconds, 1e-9):8.0f}")


if __name__ == "__main__":
    sys.exit(main())
