"""`tithi read`: what is read from a source, as JSON lines."""

import argparse
import json
import sys

from tithi.errors import UsageError

__all__ = ["add", "column_option", "columns"]


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command = commands.add_parser(
        "read",
        help="print the articles of a source as JSON lines",
        description="Read articles from text, Markdown, HTML, Word, OpenDocument, PDF, subtitles, JSON lines, Parquet, "
        "WARC, a zip or folder of these, or a dataset on disk, and print one JSON object an article: id, lang, title, "
        "published, url, publisher, text. What cannot be read is told on standard error, and the rest is read.",
    )
    command.add_argument("source", metavar="SOURCE", help="a file, a folder, or - for standard input")
    command.add_argument("--lang", required=True, choices=["hi", "en"], help="the language the articles must be in")
    column_option(command)
    command.set_defaults(run=_run)


def column_option(command: argparse.ArgumentParser) -> None:
    """Add `--column`."""
    command.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="FIELD=NAME",
        help="which column of JSON lines or a table holds text, id, title, published, url, publisher, licence or lang",
    )


def columns(args: argparse.Namespace) -> dict[str, str]:
    """Return what `--column` says, by field.

    Raises:
        UsageError: One is not FIELD=NAME.
    """
    told = {}
    for item in args.column:
        field, found, name = item.partition("=")
        if not found or not field or not name:
            raise UsageError(f"--column: must be FIELD=NAME; got {item!r}; for example text=body")
        told[field] = name
    return told


def _run(args: argparse.Namespace) -> int:
    from tithi.pipeline.heaps import article_row
    from tithi.records import Reject
    from tithi.sources.reading import read_articles

    read = rejected = 0
    for item in read_articles(args.source, args.lang, columns=columns(args)):
        if isinstance(item, Reject):
            rejected += 1
            print(f"tithi: {' '.join(item.reason.split())}", file=sys.stderr)
            continue
        read += 1
        print(json.dumps(article_row(item), ensure_ascii=False))
    if rejected:
        print(f"tithi: {args.source}: {read} articles read, {rejected} rejected", file=sys.stderr)
    return 0 if read or not rejected else 1
