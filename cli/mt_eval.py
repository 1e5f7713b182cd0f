"""`tithi mt-eval`: how well systems translate a dataset, and what they break."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tithi.cli.arguments import positive
from tithi.errors import UsageError

if TYPE_CHECKING:
    from tithi.eval.comet import Comet
    from tithi.eval.items import MTItem, MTSystem
    from tithi.eval.report import MTReport
    from tithi.records import Lang

__all__ = ["add"]


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command = commands.add_parser(
        "mt-eval",
        help="score machine translations of a dataset",
        description="Score translations of a dataset's pairs: BLEU, spBLEU, chrF++ and TER with signatures and 95 % "
        "intervals; the same by date, source length and issue; how many numbers, dates, names and negations each "
        "system breaks, beside the reference; several systems are compared with the first by paired bootstrap. "
        "Translations into both languages may be given at once: each file is taken for the language that most of its "
        "letters are of, and a direction is reported after the other.",
    )
    command.add_argument(
        "dataset", type=Path, metavar="DATASET", help="a built dataset, or pairs as hi<TAB>en lines or JSON lines"
    )
    command.add_argument(
        "--split", default="test", metavar="NAME", help="the split of a built dataset to be translated (default test)"
    )
    command.add_argument(
        "--system", nargs="+", type=Path, default=[], metavar="FILE", help="translations, line i of pair i; UTF-8"
    )
    command.add_argument(
        "--command",
        action="append",
        default=[],
        dest="commands",
        metavar="CMD",
        help="a program that reads texts and writes their translations, one a line (needs --to)",
    )
    command.add_argument(
        "--hf",
        action="append",
        default=[],
        metavar="MODEL",
        help="a Hugging Face encoder-decoder, its folder or its name on the Hub (needs --to and the extra mt)",
    )
    command.add_argument("--to", choices=("hi", "en"), help="the language that all systems write")
    command.add_argument("--json", action="store_true", help="print one JSON object instead of tables")
    command.add_argument(
        "--segments", type=Path, metavar="FILE", help="write a JSON line a pair and system: its scores and its issues"
    )
    command.add_argument(
        "--samples", type=_count, default=1000, metavar="N", help="draws of the bootstraps; 0 for none (default 1000)"
    )
    command.add_argument(
        "--spm",
        type=Path,
        metavar="FILE",
        help="count the pieces of this SentencePiece model in spBLEU, say one of tithi train-vocab (default: those of "
        "the encoder that comes with the package)",
    )
    command.add_argument(
        "--comet",
        metavar="PYTHON",
        help="score by COMET too, run by this interpreter of another environment; make that by: python -m venv comet "
        "&& comet/bin/python -m pip install unbabel-comet",
    )
    command.add_argument(
        "--comet-model", metavar="MODEL", help="its model: a name or a checkpoint (default Unbabel/wmt22-comet-da)"
    )
    command.set_defaults(run=_run)


def _run(args: argparse.Namespace) -> int:
    from tithi.eval.items import read_items
    from tithi.eval.pieces import read_pieces
    from tithi.eval.report import evaluate, report_json, segment_rows

    if not (args.system or args.commands or args.hf):
        raise UsageError("mt-eval: needs translations; got none; give --system, --command or --hf")
    comet, pieces = _comet(args), read_pieces(args.spm) if args.spm else None
    items = read_items(args.dataset, args.split)
    reports: list[MTReport] = []
    rows: list[dict[str, Any]] = []
    for target, systems in _systems(args, items).items():
        reports.append(evaluate(items, systems, target, samples=args.samples, pieces=pieces, comet=comet))
        if args.segments:
            rows += segment_rows(reports[-1], systems)
    if args.segments:
        _write(args.segments, rows)
    if args.json:
        print(report_json(reports, _about(args)))
    else:
        print("\n\n".join(report.table() for report in reports))
    return 0


def _systems(args: argparse.Namespace, items: "Sequence[MTItem]") -> "dict[Lang, list[MTSystem]]":
    """Return the systems by the language that they write, in the order given."""
    from tithi.eval.items import MTSystem, read_system, script_lang

    found: dict[Lang, list[MTSystem]] = {}
    for path in args.system:
        system = read_system(path, len(items))
        target = args.to or script_lang(system.lines)
        if target is None:
            raise UsageError(f"{path}: its language cannot be told; got no letters; give --to hi or --to en")
        found.setdefault(target, []).append(system)
    translators = list(_translators(args))
    if translators and args.to is None:
        raise UsageError("mt-eval: --command and --hf need the language they write; got none; give --to hi or --to en")
    for name, translate in translators:
        sources = [item.source(args.to) for item in items]
        found.setdefault(args.to, []).append(MTSystem(name, tuple(translate(sources))))
    return found


def _translators(args: argparse.Namespace) -> Iterator[tuple[str, Callable[[Sequence[str]], list[str]]]]:
    """Yield the name of each command and model with what translates by it."""
    from functools import partial

    from tithi.eval.command import run_command
    from tithi.eval.models import translate_by_model

    for command in args.commands:
        yield command, partial(run_command, command, option="--command", timeout=24 * 3600.0)
    for name in args.hf:
        yield name, partial(translate_by_model, name, target=args.to)


def _comet(args: argparse.Namespace) -> "Comet | None":
    from tithi.eval.comet import MODEL, Comet

    if args.comet is None:
        if args.comet_model is not None:
            raise UsageError("--comet-model: needs the interpreter that has COMET; got none; give --comet PYTHON")
        return None
    return Comet(args.comet, args.comet_model or MODEL)


def _about(args: argparse.Namespace) -> dict[str, object]:
    """Return what the pairs are, for the JSON object."""
    from tithi.corpus.folder import read_marker

    if not args.dataset.is_dir():
        return {"dataset": str(args.dataset), "version": None, "split": None}
    return {"dataset": str(args.dataset), "version": read_marker(args.dataset).version, "split": args.split}


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    from tithi.corpus.folder import writing

    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    with writing(path):
        path.write_text(text, encoding="utf-8", newline="\n")
    print(f"tithi: {path}: {len(rows)} lines", file=sys.stderr)


def _count(text: str) -> int:
    return 0 if text == "0" else positive(text)
