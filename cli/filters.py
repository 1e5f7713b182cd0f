"""`tithi filter` and `tithi filters`: pairs that should not be in a corpus dropped, and what would be dropped."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from tithi.addresses import is_folder
from tithi.cli.arguments import positive, progress_bar, share
from tithi.cli.near import reads
from tithi.cli.summary import tell
from tithi.errors import DataError, UsageError

if TYPE_CHECKING:
    from tithi.filters.judge import Thresholds
    from tithi.filters.verdict import Row

__all__ = ["add", "thresholds_of"]

_PAIRS = (
    "hi<TAB>en or JSON lines, NAME.hi NAME.en, Parquet, TMX, XLIFF, lines and XML also packed (.gz, .bz2, .xz); or a "
    "built dataset; or their addresses"
)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    command = commands.add_parser(
        "filter",
        help="drop pairs that should not be in a corpus, and keep them apart with the reason",
        description="Write what is kept to OUT, in files of the same kinds (a dataset for a dataset), and every pair "
        "that is dropped to OUT/rejects with the filter, its score and the threshold.",
    )
    command.add_argument("pairs", nargs="+", metavar="PAIRS", help=_PAIRS)
    command.add_argument("-o", "--out", required=True, metavar="OUT", help="the folder to make, or its address")
    reads(command, "exclude", "config")
    _thresholds(command)
    command.add_argument(
        "--exclude",
        action="append",
        default=[],
        metavar="FILE",
        help="drop pairs with a sentence of FILE, say a public test set: a text a line, or the SHA-256 of its normal "
        "form; may be repeated",
    )
    command.add_argument(
        "--mask-pii",
        action="store_true",
        help="write <EMAIL>, <PHONE>, <PAN>, <AADHAAR> for personal data, on both sides alike",
    )
    command.add_argument("--jobs", type=positive, default=1, metavar="N", help="processes to judge in (default 1)")
    command.add_argument("--force", action="store_true", help="replace OUT even if tithi did not make it")
    command.set_defaults(run=_filter)

    command = commands.add_parser(
        "filters",
        help="show thresholds as TOML, learn them from clean pairs, or try what they would drop",
        description="Print the thresholds as a TOML file to edit (--show, the default), thresholds that a clean sample "
        "of pairs passes (--learn), or how much each filter would drop of a file, with examples (--try).",
    )
    todo = command.add_mutually_exclusive_group()
    todo.add_argument("--show", action="store_true", help="print the thresholds (the default)")
    todo.add_argument("--learn", nargs="+", metavar="CLEAN", help="print thresholds that these clean pairs pass")
    todo.add_argument("--try", nargs="+", metavar="PAIRS", dest="tried", help="print what each filter would drop")
    _thresholds(command)
    command.add_argument(
        "--lost",
        type=share,
        default=0.001,
        metavar="SHARE",
        help="with --learn: the share of clean pairs that each filter may drop (default 0.001)",
    )
    command.add_argument(
        "-n", type=positive, default=1000, metavar="N", help="with --try: so many pairs (default 1000)"
    )
    reads(command, "tried", "learn", "config")
    command.set_defaults(run=_filters)


def _thresholds(command: argparse.ArgumentParser) -> None:
    which = command.add_mutually_exclusive_group()
    which.add_argument("--preset", default=None, metavar="NAME", help="light, standard (the default) or strict")
    which.add_argument(
        "--config", metavar="FILE", help="a TOML file of thresholds, as `tithi filters --show` prints one"
    )


def thresholds_of(args: argparse.Namespace) -> "tuple[Thresholds, str]":
    """Return the thresholds that arguments name, and a title for them."""
    from tithi.filters.config import preset, read_config

    if args.config is not None:
        return read_config(args.config), f"filters of {args.config}"
    name = args.preset or "standard"
    return preset(name), f"filters, preset {name}"


def _filter(args: argparse.Namespace) -> int:
    from tithi.pipeline.filter_files import FilterSettings, filter_files

    thresholds, _ = thresholds_of(args)
    folders = [path for path in args.pairs if is_folder(path)]
    if folders and len(args.pairs) > 1:
        raise UsageError(f"filter: one dataset, or files; got {folders[0]} beside others; filter it by itself")
    if folders:
        return _filter_dataset(args, thresholds)
    settings = FilterSettings(tuple(args.exclude), args.mask_pii, args.jobs, args.force)
    drops = filter_files(args.pairs, args.out, thresholds, settings, progress=progress_bar("pairs"))
    print(f"{args.out}: {drops.kept} of {drops.read} pairs kept")
    for name, told in sorted(drops.by.items(), key=lambda item: (-item[1].total(), item[0])):
        print(f"{told.total():8} {name}")
    if drops.faults:
        print(f"tithi: {drops.faults} by a fault of tithi's; please report it", file=sys.stderr)
    return 1 if drops.faults else 0


def _filter_dataset(args: argparse.Namespace, thresholds: "Thresholds") -> int:
    from tithi.pipeline.build import Settings
    from tithi.pipeline.filter_dataset import filter_dataset

    if args.mask_pii:
        raise UsageError("filter: --mask-pii masks files of pairs; got a dataset, whose articles are whole; export it")
    began = time.monotonic()
    settings = Settings(
        exclude=tuple(args.exclude), force=args.force, jobs=args.jobs, progress=progress_bar("articles")
    )
    built = filter_dataset(args.pairs[0], args.out, thresholds, settings)
    tell(built, time.monotonic() - began)
    kept = sum(built.rows["sentences"].values())
    print(f"{args.out}: {kept} pairs kept; what was dropped and why is told in {args.out}/README.md")
    return 1 if built.faults else 0


def _filters(args: argparse.Namespace) -> int:
    from tithi.filters.config import shown
    from tithi.filters.learn import learn, table, tried

    thresholds, title = thresholds_of(args)
    if args.tried:
        sample = list(islice(_rows(args.tried, args.named), args.n))
        print(table(tried(sample, thresholds), thresholds, len(sample)))
    elif args.learn:
        clean = ", ".join(args.named(str(file)) for file in args.learn)
        learnt = learn(progress_bar("pairs")(_rows(args.learn, args.named)), thresholds, args.lost)
        print(shown(learnt, f"filters that drop at most {args.lost:g} of {clean} each"), end="")
    else:
        print(shown(thresholds, title), end="")
    return 0


def _rows(files: list[str], named: Callable[[str], str]) -> "Iterator[Row]":
    """Yield the pairs of files; of rows that are none the first is told.

    Raises:
        DataError: No row is a pair.
    """
    from tithi.filters.verdict import Row
    from tithi.pipeline.filter_files import rows_of
    from tithi.sources.pairs import pair_files

    first, pairs, others = "", 0, 0
    try:
        for bitext in pair_files(files):
            for item in rows_of(bitext, named=named):
                if isinstance(item, Row):
                    pairs += 1
                    yield item
                else:
                    others += 1
                    first = first or f"{item.where}: {item.reason}"
    finally:
        if pairs and others:
            print(f"tithi: {others:,} rows are no pairs and passed over, the first {first}", file=sys.stderr)
    if not pairs:
        raise DataError(f"{first} (as with every other row)")
