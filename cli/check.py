"""`tithi check`: what is wrong in sentence pairs, and where."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Final

from tithi.cli.arguments import keep_lines, progress_bar
from tithi.cli.near import reads

if TYPE_CHECKING:
    from tithi.checks.checker import Checker
    from tithi.records import Quality, Reject, TextPair
    from tithi.review.dismissals import FalseAlarms

    Item = TextPair | Reject

__all__ = ["add"]

_BATCH: Final = 128


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    command = commands.add_parser(
        "check",
        help="check sentence pairs for what a faithful translation keeps",
        description="Print one JSON object a pair: line; quality, the probability that it is a faithful translation; "
        "issues, each with kind, severity, the spans hi and en, and a message. A row that is no pair has an error "
        "instead, and the exit code is 1.",
    )
    command.add_argument(
        "pairs",
        nargs="+",
        metavar="PAIRS",
        help="hi<TAB>en or JSON lines, NAME.hi NAME.en, TMX, XLIFF (also .gz, .bz2, .xz), or a built dataset; - is "
        "standard input",
    )
    command.add_argument(
        "--dismiss",
        action="append",
        default=[],
        metavar="FILE",
        help="leave out alarms that someone called false: one JSON object a line with kind, domain, hi and en, what is "
        "left out being any (a domain is a publisher, a host, a file's name or an article's id); or a dataset that was "
        "reviewed, whose own decisions count anyway; may be repeated",
    )
    command.add_argument(
        "--format",
        choices=("json", "aces"),
        default="json",
        help="aces: the translation with its faults marked <v>…</v> as in Span-ACES, instead of issues",
    )
    command.add_argument(
        "--translation", choices=("hi", "en"), default="hi", help="which side is the translation for aces (default hi)"
    )
    command.add_argument("--summary", action="store_true", help="print a table by kind instead")
    reads(command, "pairs", "dismiss")
    command.set_defaults(run=_check)

    command = commands.add_parser(
        "lacking",
        help="print what one article tells and the other does not",
        description="Print one JSON object a stretch of sentences without counterpart: lang, sentences, span, text, "
        "facts, the numbers, dates and names that stand nowhere in the other article, and, where it may have a "
        "counterpart, reason and rival, the likeliest.",
    )
    command.add_argument("hi", metavar="HI", help="the Hindi article")
    command.add_argument("en", metavar="EN", help="the English article")
    keep_lines(command)
    command.set_defaults(run=_lacking)


def _check(args: argparse.Namespace) -> int:
    from tithi.checks.checker import Checker
    from tithi.checks.spans import annotated_line
    from tithi.checks.summary import Summary, report_line
    from tithi.records import Reject
    from tithi.review.dismissals import FalseAlarms, dismissals
    from tithi.sources.pairs import pair_files, read_pairs, usable

    checker, summary, bad = Checker(), Summary(), 0
    dismissed = [one for path in args.dismiss for one in dismissals(path)]
    sources = pair_files(args.pairs)
    for source in sources:
        name = {"file": args.named(str(source.files[0]))} if len(sources) > 1 else {}
        alarms = FalseAlarms(source.files[0], dismissed)
        for batch in _batches(progress_bar("pairs")(usable(read_pairs(source)))):
            for item, found in zip(batch, _checked(checker, batch, alarms), strict=True):
                about = name | ({"id": item.id} if item.id is not None else {})
                line = int(item.where.rpartition(":")[2])
                if isinstance(found, Reject):
                    bad += 1
                    told = about | {"line": line, "error": args.named(f"{item.where}: {found.reason}")}
                    print(json.dumps(told, ensure_ascii=False), file=sys.stderr if args.summary else sys.stdout)
                elif args.summary:
                    summary.add(found)
                elif args.format == "aces" and not isinstance(item, Reject):
                    print(annotated_line(line, (item.hi, item.en), found, args.translation, about))
                else:
                    print(report_line(line, found, about))
    if args.summary:
        print(summary.table())
    if bad:
        print(f"tithi: {bad} rows could not be checked; their error says why", file=sys.stderr)
    return 1 if bad else 0


def _batches(items: "Iterable[Item]") -> "Iterator[list[Item]]":
    """Yield items by 128; what was read before an error comes before it."""
    from tithi.errors import TithiError

    batch: list[Item] = []
    try:
        for item in items:
            batch.append(item)
            if len(batch) == _BATCH:
                yield batch
                batch = []
    except TithiError:
        yield batch
        raise
    yield batch


def _checked(checker: "Checker", batch: "list[Item]", alarms: "FalseAlarms") -> "list[Quality | Reject]":
    """Return the quality of each pair; rejects stay, and a fault of the checks rejects its own pair alone."""
    from tithi.records import TextPair

    pairs = [item for item in batch if isinstance(item, TextPair)]
    try:
        groups = groupby(pairs, key=lambda pair: alarms.of(pair.id))
        found = iter(
            [one for false, group in groups for one in checker.check_all(((p.hi, p.en) for p in group), false)]
        )
    except Exception:
        return [_checked_alone(checker, item, alarms) if isinstance(item, TextPair) else item for item in batch]
    return [next(found) if isinstance(item, TextPair) else item for item in batch]


def _checked_alone(checker: "Checker", pair: "TextPair", alarms: "FalseAlarms") -> "Quality | Reject":
    from tithi.records import Reject

    try:
        return next(checker.check_all([(pair.hi, pair.en)], alarms.of(pair.id)))
    except Exception as error:
        reason = f"cannot be checked; got {type(error).__name__}: {error}; a fault of tithi's, please report it"
        return Reject(pair.where, pair.id, " ".join(reason.split()))


def _lacking(args: argparse.Namespace) -> int:
    from tithi.aligner import align
    from tithi.checks.lacking import lacking
    from tithi.sources.article import read_article

    articles = read_article(args.hi, "hi"), read_article(args.en, "en")
    for found in lacking(align(*articles, keep_lines=args.keep_lines)):
        print(json.dumps(found.to_dict(), ensure_ascii=False))
    return 0
