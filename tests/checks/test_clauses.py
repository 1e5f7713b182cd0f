"""Clauses that one side lacks, whose words often stand again in the rest: told when gone, not when they stand."""

import csv
from pathlib import Path

import pytest

from tithi.checks.checker import check_pairs

_TEXT = Path(__file__).with_name("clauses.tsv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(_TEXT.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def test_each_clause_stands_once_where_it_is_dropped() -> None:
    assert len(ROWS) >= 40
    assert all(row[row["side"]].count(row["clause"]) == 1 for row in ROWS)


@pytest.mark.parametrize("side", ["hi", "en"])
def test_dropped_clauses_are_told(side: str) -> None:
    rows = [row for row in ROWS if row["side"] == side]
    cut = [{**row, side: row[side].replace(row["clause"], "")} for row in rows]
    kind = "addition" if side == "hi" else "omission"
    told = [
        any(issue.kind == kind and issue.severity != "hint" for issue in quality.issues)
        for quality in check_pairs((row["hi"], row["en"]) for row in cut)
    ]
    passed = [row["clause"] for row, found in zip(rows, told, strict=True) if not found]
    assert len(passed) <= 2, passed


def test_whole_pairs_are_not_accused() -> None:
    whole = list(dict.fromkeys((row["hi"], row["en"]) for row in ROWS))
    flagged = [
        pair
        for pair, quality in zip(whole, check_pairs(whole), strict=True)
        if any(issue.kind in ("omission", "addition") and issue.severity != "hint" for issue in quality.issues)
    ]
    assert not flagged
