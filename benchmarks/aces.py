"""How the checks do on ACES and Span-ACES: `python -m benchmarks.aces span_aces.jsonl [--predictions FILE]`.

Of the rows between Hindi and English, prints by phenomenon how many pairs of a good and an incorrect translation are
told apart (the good one has the higher quality), how many incorrect ones are told at all, and the mean span F1 of the
marked texts against the gold, where there is one. `--predictions` writes the marked translations as TSV, in the columns
that Span-ACES is evaluated on. The reference is not looked at.
"""

import argparse
import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tithi.checks.checker import Checker
from tithi.checks.spans import annotated, error_spans, span_f1
from tithi.errors import DataError
from tithi.records import Lang
from training.needed import run

__all__ = ["Row", "judged", "read_aces"]

Row = dict[str, Any]
_SIDES: Final[Mapping[str, Lang]] = {"en-hi": "hi", "hi-en": "en"}
_COLUMNS: Final = ("ID", "source", "good-translation", "incorrect-translation", "reference", "phenomena", "langpair")
_GOLD: Final = "incorrect-translation-annotated"
_MARKED: Final = re.compile("<v>(.*?)</v>", re.DOTALL)


def read_aces(path: Path) -> list[Row]:
    """Return the rows between Hindi and English.

    Raises:
        DataError: A line is no row of ACES, or there is no such row.
    """
    found = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                row = json.loads(line)
                texts = [row[name] for name in _COLUMNS[1:4]]
                if row["langpair"] in _SIDES and all(isinstance(text, str) for text in texts):
                    found.append({"ID": number} | row)
            except (ValueError, KeyError, TypeError) as error:
                raise DataError(f"{path}:{number}: must be a row of ACES; got {line[:60]!r}; see its card") from error
    if not found:
        raise DataError(f"{path}: must have rows between Hindi and English; got none; give challenge_set.jsonl")
    return found


def judged(rows: Sequence[Row], checker: Checker) -> Iterator[Row]:
    """Yield the rows with both translations marked and what each counts: `apart`, `told`, `f1` (None without gold)."""
    pairs = [_pair(row, name) for row in rows for name in ("good-translation", "incorrect-translation")]
    found = iter(list(checker.check_all(pairs)))
    for row in rows:
        good, bad = next(found), next(found)
        lang = _SIDES[row["langpair"]]
        marked = {
            f"{name}-prediction": annotated(row[name], error_spans(quality, lang))
            for name, quality in (("good-translation", good), ("incorrect-translation", bad))
        }
        spans = [text.strip() for text in _MARKED.findall(marked["incorrect-translation-prediction"])]
        gold = [text.strip() for text in _MARKED.findall(row.get(_GOLD) or "")]
        told = any(issue.severity != "hint" for issue in bad.issues)
        counts = {"apart": (good.quality or 0.0) > (bad.quality or 0.0), "told": told}
        yield row | marked | counts | {"f1": span_f1(spans, gold) if row.get(_GOLD) else None}


def main() -> None:
    """Print the table, and write the predictions."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("rows", type=Path, help="challenge_set.jsonl of ACES or span_aces.jsonl of Span-ACES")
    parser.add_argument("--predictions", type=Path, help="write the marked translations here")
    args = parser.parse_args()
    done = list(judged(read_aces(args.rows), Checker()))
    groups = defaultdict(list)
    for row in done:
        groups[row["phenomena"]].append(row)
    print(f"{'phenomenon':56} {'rows':>6} {'apart':>7} {'told':>7} {'span F1':>7}")
    for name, group in [*sorted(groups.items()), ("all", done)]:
        shares = [sum(row[count] for row in group) / len(group) for count in ("apart", "told")]
        scores = [row["f1"] for row in group if row["f1"] is not None]
        f1 = f"{sum(scores) / len(scores):7.3f}" if scores else f"{'–':>7}"
        print(f"{name:56} {len(group):6} {shares[0]:7.1%} {shares[1]:7.1%} {f1}")
    if args.predictions:
        _write(args.predictions, done)


def _pair(row: Row, name: str) -> tuple[str, str]:
    source, translation = row["source"], row[name]
    return (translation, source) if _SIDES[row["langpair"]] == "hi" else (source, translation)


def _write(path: Path, rows: Sequence[Row]) -> None:
    names = [*_COLUMNS, _GOLD, "good-translation-prediction", "incorrect-translation-prediction"]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n")
        table.writerow(names)
        table.writerows([[" ".join(str(row.get(name, "")).split()) for name in names] for row in rows])


if __name__ == "__main__":
    run(main)
