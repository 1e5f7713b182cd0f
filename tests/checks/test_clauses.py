"""Clauses that one side lacks, whose words often stand again in the rest: told when gone, not when they stand."""

import csv
from pathlib import Path

from tithi.checks.checker import check_pairs

_TEXT = Path(__file__).with_name("clauses.tsv").read_text(encoding="utf-8")
LEAST = 0.94
"""Of the clauses so many are told: short ones of common words in a long sentence may pass."""
KINDS = {"hi": "addition", "en": "omission"}
ROWS = list(csv.DictReader(_TEXT.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def test_each_clause_stands_once_where_it_is_dropped() -> None:
    assert len(ROWS) >= 40
    assert all(row[row["side"]].count(row["clause"]) == 1 for row in ROWS)


def test_dropped_clauses_are_told() -> None:
    cut = [{**row, row["side"]: row[row["side"]].replace(row["clause"], "")} for row in ROWS]
    told = [
        any(issue.kind == KINDS[row["side"]] and issue.severity != "hint" for issue in quality.issues)
        for row, quality in zip(ROWS, check_pairs((row["hi"], row["en"]) for row in cut), strict=True)
    ]
    passed = [row["clause"] for row, found in zip(ROWS, told, strict=True) if not found]
    assert sum(told) >= LEAST * len(ROWS), passed


def test_whole_pairs_are_not_accused() -> None:
    whole = list(dict.fromkeys((row["hi"], row["en"]) for row in ROWS))
    flagged = [
        pair
        for pair, quality in zip(whole, check_pairs(whole), strict=True)
        if any(issue.kind in ("omission", "addition") and issue.severity != "hint" for issue in quality.issues)
    ]
    assert not flagged
