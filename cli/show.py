"""`tithi show`: an article pair of a dataset, or one row of it, side by side in the terminal."""

import argparse
import os
import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from tithi.cli.near import reads
from tithi.errors import UsageError

if TYPE_CHECKING:
    from tithi.report.stories import Story

__all__ = ["add"]

_BOLD: Final = "\x1b[1m"
_END: Final = "\x1b[0m"
#: Colours for scores from .9, .5 and below, and for notes; blue and yellow, told apart by all.
_STEPS: Final = ((0.9, "\x1b[34m"), (0.5, "\x1b[33m"), (0.0, "\x1b[31m"))
_MOST: Final = 5


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command = commands.add_parser(
        "show",
        help="show an article pair of a dataset side by side",
        description="Print the beads of an article pair of a dataset side by side, as wide as the terminal, with what "
        "may be wrong in each; of a row's id (`lake-s0012`, `lake-u0003`) that row alone.",
    )
    command.add_argument("dataset", metavar="DATASET", help="the dataset folder, or its address")
    reads(command, "dataset")
    command.add_argument("id", metavar="ID", help="the id of an article pair, or of a row of sentences or unaligned")
    command.add_argument("--width", type=int, metavar="N", help="columns (default: the terminal's)")
    command.add_argument(
        "--colour", choices=("auto", "always", "never"), default="auto", help="default: on a terminal, not if NO_COLOR"
    )
    command.set_defaults(run=_run)


def _run(args: argparse.Namespace) -> int:
    from tithi.review.dismissals import standing_stories

    known: list[str] = []
    for story in standing_stories(args.dataset):
        known.append(story.id)
        if args.id == story.id or args.id.rpartition("-")[0] == story.id:
            text = _shown(story, args.id, args.width)
            if text is not None:
                colour = args.colour == "always" or (
                    args.colour == "auto" and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
                )
                print("\n".join(map(_coloured, text.splitlines())) if colour else text)
                return 0
    near = ", ".join(get_close_matches(args.id, known, _MOST, 0.3) or known[:_MOST])
    raise UsageError(f"{args.dataset}: must hold the row or article pair; got no {args.id}; there are {near} …")


def _shown(story: "Story", wanted: str, columns: int | None) -> str | None:
    """Return the article pair or the one row `wanted`, None if it has no such row."""
    from dataclasses import replace

    from tithi.render import side_by_side
    from tithi.report.stories import ordered, story_alignment

    alignment = story_alignment(story)
    rows = [row for _, rows in ordered(story) for row in rows]
    both = list(zip(alignment.beads, rows, strict=True))
    if wanted != story.id:
        both = [(bead, row) for bead, row in both if row["id"] == wanted]
        if not both:
            return None
        alignment = replace(alignment, beads=(both[0][0],))
    notes = {}
    for bead, row in both:
        quality = [] if row.get("quality") is None else [f"quality {row['quality']:.2f}"]
        issues = [f"{issue['kind']} ({issue['severity']}): {issue['message']}" for issue in row.get("issues") or ()]
        notes[bead] = [f"{row['id']}  {' '.join(quality)}".rstrip(), *issues]
    return side_by_side(alignment, columns, notes)


def _coloured(line: str) -> str:
    if line.startswith("── "):
        parts = line.split(" · ")
        score = next((float(part) for part in parts[1:2] if part.replace(".", "", 1).isdigit()), 1.0)
        return f"{_BOLD}{next(colour for least, colour in _STEPS if score >= least)}{line}{_END}"
    return f"{_STEPS[1][1]}{line}{_END}" if line.startswith("   ") and "│" not in line else line
