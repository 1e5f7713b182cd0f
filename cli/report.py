"""`tithi report`: a dataset, two builds or two articles as one HTML file to open."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tithi.cli.arguments import keep_lines
from tithi.cli.near import reads
from tithi.errors import UsageError

if TYPE_CHECKING:
    from tithi.report.stories import Story

__all__ = ["add"]


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command = commands.add_parser(
        "report",
        help="write one HTML file that shows a dataset or an article pair",
        description="Write a page that needs no network: charts, each article pair side by side, what is wrong marked "
        "where it stands. Of one dataset; of two (before, after) side by side; or of a Hindi and an English article, "
        "worst first.",
    )
    command.add_argument(
        "inputs",
        nargs="+",
        metavar="DATASET|HI EN",
        help="a dataset, two datasets, or two articles, or their addresses",
    )
    reads(command, "inputs")
    command.add_argument("-o", "--out", type=Path, default=Path("report.html"), help="the file (default report.html)")
    command.add_argument("--title", help="the page's title (default: the names of what it shows)")
    keep_lines(command)
    command.set_defaults(run=_run)


def _run(args: argparse.Namespace) -> int:
    from tithi.corpus.folder import REJECTS
    from tithi.report.page import write_report
    from tithi.review.dismissals import standing_stories

    inputs = [Path(given) for given in args.inputs]
    if len(inputs) > 2:
        raise UsageError(f"report: one dataset, two, or two articles; got {len(inputs)} paths; leave some out")
    datasets = [path for path in inputs if path.is_dir()]
    if len(datasets) == len(inputs):
        names = _names(inputs)
        builds = {name: standing_stories(path) for name, path in zip(names, inputs, strict=True)}
        rejects = {name: _lines(path / REJECTS) for name, path in zip(names, inputs, strict=True)}
        title = args.title or " → ".join(names)
        written = write_report(builds, args.out, title=title, rejects=rejects)
    elif len(inputs) == 2 and not datasets:
        title = args.title or f"{inputs[0].name} · {inputs[1].name}"
        written = write_report({"": [_aligned(*args.inputs, keep_lines=args.keep_lines)]}, args.out, title=title)
    else:
        raise UsageError(
            f"report: one dataset, two, or two articles; got {' '.join(args.inputs)}; give a Hindi and an English file"
        )
    if written.folder:
        print("tithi: too large for one file, so it is a folder; open its index.html", file=sys.stderr)
    print(f"{written.path}: {written.articles} article pairs, {written.size / 1e6:.1f} MB")
    return 0


def _aligned(hi: str, en: str, *, keep_lines: bool) -> "Story":
    from tithi.aligner import align
    from tithi.checks.checker import Checker
    from tithi.report.stories import aligned_story
    from tithi.sources.article import read_article

    alignment = align(read_article(hi, "hi"), read_article(en, "en"), keep_lines=keep_lines)
    texts = [(alignment.hi.text(bead.hi), alignment.en.text(bead.en)) for bead in alignment.pairs()]
    return aligned_story(alignment, list(Checker().check_all(texts)))


def _names(paths: list[Path]) -> list[str]:
    names = [path.resolve().name for path in paths]
    return names if len(set(names)) == len(names) else [str(path) for path in paths]


def _lines(path: Path) -> int:
    if not path.is_file():
        return 0
    with path.open("rb") as file:
        return sum(1 for _ in file)
