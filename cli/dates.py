"""`tithi dates`: the dates of a text as JSON lines."""

import argparse
import json

from tithi.cli.arguments import day

__all__ = ["add"]


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command = commands.add_parser(
        "dates",
        help="print the dates in a text",
        description="Print one JSON object a date: line (from 1), start and stop (code points in the line), text, "
        "date, an EDTF string, null for a relative date that nothing resolves, and evidence: what made it a date.",
    )
    command.add_argument("file", metavar="FILE", help="UTF-8 text; - is standard input")
    command.add_argument("--lang", required=True, choices=("hi", "en"), help="the language of the text")
    command.add_argument(
        "--published",
        type=day,
        metavar="DATE",
        help="the day of writing, which relative dates count from (default: the article's own date line)",
    )
    command.add_argument("--month-first", action="store_true", help="read 3/7/2017 as 7 March, as in America")
    command.set_defaults(run=_run)


def _run(args: argparse.Namespace) -> int:
    from tithi.aligner.segments import date_line
    from tithi.dates.find import dates_in
    from tithi.numerals.tokens import reading
    from tithi.sources.article import read_lines

    lines = read_lines(args.file, args.lang)
    reference = args.published or date_line(lines, args.lang)
    for number, line in enumerate(lines, start=1):
        for hit in dates_in(reading(line), args.lang, reference=reference, month_first=args.month_first):
            row = {"line": number, "start": hit.start, "stop": hit.stop, "text": hit.text, "date": hit.span.edtf}
            print(json.dumps({**row, "evidence": hit.evidence}, ensure_ascii=False))
    return 0
