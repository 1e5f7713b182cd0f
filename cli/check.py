"""`tithi check`: what is wrong in sentence pairs, and where."""

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from tithi.cli.arguments import progress_bar

__all__ = ["add"]


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    command = commands.add_parser(
        "check",
        help="check sentence pairs for what a faithful translation keeps",
        description="Print one JSON object a pair: line; quality, the probability that it is a faithful translation; "
        "issues, each with kind, severity, the spans hi and en, and a message.",
    )
    command.add_argument("pairs", metavar="PAIRS", help="hi<TAB>en lines, JSON lines, or a built dataset; - is stdin")
    command.add_argument("--summary", action="store_true", help="print a table by kind instead")
    command.set_defaults(run=_check)

    command = commands.add_parser(
        "lacking",
        help="print what one article tells and the other does not",
        description="Print one JSON object a stretch of sentences without counterpart: lang, sentences, span, text, "
        "and facts, the numbers, dates and names that stand nowhere in the other article.",
    )
    command.add_argument("hi", metavar="HI", help="the Hindi article")
    command.add_argument("en", metavar="EN", help="the English article")
    command.set_defaults(run=_lacking)


def _check(args: argparse.Namespace) -> int:
    from tithi.checks.checker import Checker
    from tithi.checks.summary import Summary, report_line
    from tithi.sources.pairs import read_pairs

    checker, summary, lines = Checker(), Summary(), list[int]()
    source = _stdin() if args.pairs == "-" else Path(args.pairs)

    def texts() -> Iterator[tuple[str, str]]:
        for pair in progress_bar("pairs")(read_pairs(source)):
            lines.append(pair.line)
            yield pair.hi, pair.en

    for quality in checker.check_all(texts()):
        line = lines.pop(0)
        if args.summary:
            summary.add(quality)
        else:
            print(report_line(line, quality))
    if args.summary:
        print(summary.table())
    return 0


def _stdin() -> TextIO:
    """Return standard input read as strict UTF-8: in some locales Python lets wrong bytes pass."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="strict", newline="\n")
    return sys.stdin


def _lacking(args: argparse.Namespace) -> int:
    import json

    from tithi.aligner import align
    from tithi.checks.lacking import lacking
    from tithi.sources.article import read_article

    for found in lacking(align(read_article(args.hi, "hi"), read_article(args.en, "en"))):
        print(json.dumps(found.to_dict(), ensure_ascii=False))
    return 0
