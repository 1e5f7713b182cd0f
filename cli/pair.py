"""`tithi pair`: two heaps of articles in, a manifest of pairs out."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tithi.cli.arguments import positive, progress_bar, share
from tithi.cli.read import column_option, columns

if TYPE_CHECKING:
    from tithi.matching.match import Matching

__all__ = ["add", "matching_options", "matching_settings"]


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command = commands.add_parser(
        "pair",
        help="find which articles of two heaps belong together",
        description="Read a heap of Hindi and a heap of English articles (see tithi read), find which tell the same "
        "story, and write a manifest for tithi build --manifest, with the probability of each pair and what speaks for "
        "it. Articles without partner are listed in OUT's name with .unmatched.jsonl, with their best candidate.",
    )
    command.add_argument("hi", metavar="HINDI_SOURCE", help="a file, an archive or a folder")
    command.add_argument("en", metavar="ENGLISH_SOURCE", help="another, or the same")
    command.add_argument("-o", "--out", required=True, type=Path, metavar="PAIRS.jsonl", help="the manifest to write")
    matching_options(command)
    command.add_argument("--jobs", type=positive, default=1, metavar="N", help="processes to read in (default 1)")
    command.set_defaults(run=_run)


def matching_options(command: argparse.ArgumentParser) -> None:
    """Add the options that say how pairs are chosen."""
    command.add_argument(
        "--min-match", type=share, metavar="P", help="leave out pairs of less probability than P (default 0.5)"
    )
    command.add_argument(
        "--days", type=positive, metavar="N", help="pair articles published at most N days apart, where both say when"
    )
    command.add_argument(
        "--within", choices=["publisher"], help="pair articles of one publisher, where both say who published them"
    )
    command.add_argument("--many", action="store_true", help="let an article have several partners")
    column_option(command)


def matching_settings(args: argparse.Namespace) -> "Matching":
    """Return what the options say."""
    from tithi.matching.candidates import Window
    from tithi.matching.match import THRESHOLD, Matching

    return Matching(
        threshold=THRESHOLD if args.min_match is None else args.min_match,
        window=Window(args.days, args.within == "publisher"),
        many=args.many,
    )


def _run(args: argparse.Namespace) -> int:
    from tithi.encoder import load
    from tithi.pipeline.heaps import pair_heaps
    from tithi.pipeline.paired import write_pairs
    from tithi.pipeline.readings import Readings

    out: Path = args.out
    out.parent.mkdir(parents=True, exist_ok=True)
    stores = out.with_name(f"{out.stem}.hi.jsonl"), out.with_name(f"{out.stem}.en.jsonl")
    try:
        paired = pair_heaps(
            args.hi,
            args.en,
            stores,
            matching_settings(args),
            readings=Readings(load(), columns=columns(args), jobs=args.jobs),
            keep_files=True,
            progress=progress_bar("articles"),
        )
    finally:
        for store in stores:
            if store.is_file() and not store.stat().st_size:
                store.unlink()
    unmatched = write_pairs(paired, out)
    for reject in paired.rejects:
        print(f"tithi: {' '.join(reject.reason.split())}", file=sys.stderr)
    matched = paired.matched
    counts = (
        f"{len(matched.pairs)} pairs; {len(matched.hi)} Hindi and {len(matched.en)} English articles without partner"
    )
    print(f"{out}: {counts} in {unmatched.name}")
    return 0
