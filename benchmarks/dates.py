"""How well dates are read: known expressions, agreement of the two sides of parallel text, and speed.

    python -m benchmarks.dates ../shared/data/dev/dates                # expressions with known values
    python -m benchmarks.dates ../shared/data/dev/dates --pairs HI EN  # and agreement over parallel lines
    python -m benchmarks.dates --pairs HI EN --show                    # with the lines that disagree

The expressions come from microsoft/Recognizers-Text (month-first, week-based, its own habits in what belongs to a hit) and
from dateparser; `found` is a hit that overlaps the expected text, `text` one with its borders but for words as तक and के बीच,
`value` one whose days are the expected days. Seasons, holidays, quarters and times of day are out of scope and are listed so.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from tithi.aligner.dates import DateHit, find_dates

OUT_OF_SCOPE = (
    *("गर्मी", "गर्मियों", "वसंत", "तिमाही", "दिवस", "डे", "दिवाली", "रक्षाबंधन", "क्रिसमस", "थैंक्स", "मंडे", "Monday", "फ़्राइड"),
    *("घंटे", "मिनट", "सेकंड", "मेरा", "बाकी"),
)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", nargs="?", type=Path, help="folder of *.jsonl files with known expressions")
    parser.add_argument("--pairs", nargs=2, action="append", type=Path, default=[], metavar=("HI", "EN"))
    parser.add_argument("--show", action="store_true", help="print the misses and disagreements")
    options = parser.parse_args()
    if options.folder is not None:
        expressions(options.folder, show=options.show)
    if options.pairs:
        lines = [pair for hi, en in options.pairs for pair in parallel(hi, en)]
        agreement(lines, show=options.show)


def expressions(folder: Path, *, show: bool) -> None:
    """Print recall and exactness by kind of expression."""
    counts: Counter[tuple[str, str]] = Counter()
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            kind, whole, expected, days, reference = case(row)
            if any(word in expected for word in OUT_OF_SCOPE):
                kind = f"{kind} (out of scope)"
            start = whole.index(expected)
            hits = find_dates(whole, "hi", reference=reference)
            near = [hit for hit in hits if hit.start < start + len(expected) and start < hit.stop]
            outcome = judge(near, expected, days)
            counts.update([(kind, "cases"), *((kind, name) for name in outcome)])
            if show and "value" not in outcome and "scope" not in kind:
                found = [(hit.text, hit.span.key) for hit in near]
                print(
                    f"  {kind}: {expected} | {whole} | {reference} | expected {days and [str(d) for d in days]}, found {found}"
                )
    print(f"{'kind':40}{'cases':>7}{'found':>7}{'text':>7}{'value':>7}")
    for kind in sorted({kind for kind, _ in counts}):
        print(f"{kind:40}" + "".join(f"{counts[kind, name]:7}" for name in ("cases", "found", "text", "value")))


def case(row: dict[str, object]) -> tuple[str, str, str, tuple[date, date] | None, date | None]:
    """Return kind, text, expected hit, expected first and last day (None where not told), reference."""
    if "timex" not in row:
        text = str(row["text"])
        moment = row.get("datetime")
        days = (date(*moment[:3]),) * 2 if isinstance(moment, list) else None
        return "dateparser", text, text, days, None
    reference = date.fromisoformat(str(row["ref"])[:10])
    values = row["past"]
    assert isinstance(values, dict)
    timex = str(row["timex"])
    days = None
    if "XXXX" not in timex and "0001-01-01" not in values.values():
        first = values.get("date") or values.get("startDate")
        last = values.get("date") or values.get("endDate") or first
        if first:
            end = date.fromisoformat(last)
            if last != first and ends_exclusive(str(row["text"]), timex):
                end -= timedelta(1)
            days = (date.fromisoformat(first), end)
    return f"Recognizers {row['src']}", str(row["input"]), str(row["text"]), days, reference


def ends_exclusive(text: str, timex: str) -> bool:
    """Whether the set's end is the day after: of weeks, months, years and decades, but not of ranges told by both ends."""
    return not timex.startswith("(") or "दशक" in text or "सदी" in text


def judge(hits: list[DateHit], expected: str, days: tuple[date, date] | None) -> list[str]:
    """Return which of found, text and value hold."""
    if not hits:
        return []
    outcome = ["found"]
    bare = expected.removesuffix("के बीच").removesuffix("तक").strip()
    if any(hit.text in (expected, bare) for hit in hits):
        outcome.append("text")
    if days is None or any((hit.span.start, hit.span.end) == days for hit in hits):
        outcome.append("value")
    return outcome


def parallel(hi: Path, en: Path) -> Iterator[tuple[str, str]]:
    """Yield the lines of two files side by side; two folders give the files of the same name."""
    if hi.is_dir():
        for path in sorted(hi.glob("*.hi")):
            yield from parallel(path, en / f"{path.stem}.en")
        return
    sides = [path.read_text(encoding="utf-8").split("\n") for path in (hi, en)]
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
        if show and set(hi_keys) != set(en_keys):
            print(
                f"  hi only {dict(hi_keys - en_keys)}  en only {dict(en_keys - hi_keys)}\n    {hi_text}\n    {en_text}"
            )
    for name, value in counts.items():
        print(f"{name:30}{value:8}")
    print(f"{'lines (both sides) a second':30}{2 * len(lines) / max(seconds, 1e-9):8.0f}")


if __name__ == "__main__":
    sys.exit(main())
