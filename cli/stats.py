"""`tithi stats`: what a dataset holds."""

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tithi.cli.near import reads

__all__ = ["add"]

_SHOWN = 12


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command = commands.add_parser(
        "stats",
        help="tell what a dataset holds",
        description="Print the sizes of a dataset, its sources and licences, the dates it covers, quality, issues, and "
        "what was left out and why.",
    )
    command.add_argument("out", metavar="OUT", help="the dataset folder, or its address")
    reads(command, "out")
    command.add_argument("--json", action="store_true", help="print one JSON object, with pairs by month and quality")
    command.set_defaults(run=_run)


def _run(args: argparse.Namespace) -> int:
    from tithi.corpus.stats import stats
    from tithi.review.dismissals import standing_stories
    from tithi.review.store import FILE

    decided = Path(args.out, FILE).is_file()
    standing = (row for story in standing_stories(args.out) for row in story.sentences)
    figures = stats(args.out, standing if decided else None)
    print(json.dumps(figures, ensure_ascii=False) if args.json else "\n".join(_lines(figures)))
    return 0


def _lines(figures: Mapping[str, Any]) -> Iterator[str]:
    yield f"version     {figures['version']}"
    for config, splits in figures["rows"].items():
        yield f"{config:<11} {_counts(splits)}"
    for name, listed in figures["sources"].items():
        yield f"{name:<11} {_counts({one['name'] or 'unknown': one['articles'] for one in listed})}"
    dates, quality = figures["dates"], figures["quality"]
    span = f", {dates['first']} to {dates['last']}" if dates["dated"] else ""
    yield f"dates       {dates['dated']:,} pairs dated{span}"
    mean = f", mean {quality['mean']:.3f}" if quality["checked"] else ""
    yield f"quality     {quality['checked']:,} pairs checked{mean}, {sum(quality['tenths'][:5]):,} below .5"
    yield f"issues      {_counts(figures['issues'])}"
    yield f"left out    {_counts(figures['unaligned'])}"
    yield f"rejects     {figures['rejects']:,}"


def _counts(counts: Mapping[str, int]) -> str:
    """Return names with their counts on one line, the first of many."""
    shown = [f"{' '.join(name.split())} {count:,}" for name, count in list(counts.items())[:_SHOWN]]
    return ", ".join(shown + ([f"{len(counts) - _SHOWN} more"] if len(counts) > _SHOWN else [])) or "none"
