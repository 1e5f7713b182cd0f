"""`tithi score`: how far system beads agree with gold beads."""

import argparse
from pathlib import Path

__all__ = ["add"]


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command = commands.add_parser(
        "score",
        help="score beads against gold beads",
        description="Print strict and lax precision, recall and F1 (vecalign's definitions: null beads excluded), null "
        "and link F1, and what was found by bead type.",
    )
    command.add_argument(
        "gold", type=Path, metavar="GOLD", help="a JSON list [[[hi...], [en...]], ...], or a folder of them"
    )
    command.add_argument(
        "system", type=Path, metavar="SYSTEM", help="JSON lines as tithi align writes them, or a folder"
    )
    command.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    command.set_defaults(run=_run)


def _run(args: argparse.Namespace) -> int:
    from tithi.eval.alignment import score_files

    scores = score_files(args.gold, args.system)
    print(scores.to_json() if args.json else scores.table())
    return 0
