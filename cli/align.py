"""`tithi align`: two articles in, their beads out as JSON lines."""

import argparse
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from json.encoder import encode_basestring
from pathlib import Path
from typing import TYPE_CHECKING

from tithi.cli.arguments import encoder, keep_lines, monotone, positive, progress_bar, share
from tithi.cli.logs import SUMMARY
from tithi.errors import UsageError

if TYPE_CHECKING:
    from tithi.aligner.explanation import Explanation
    from tithi.aligner.segments import Cut
    from tithi.encoder.protocol import Encoder
    from tithi.pipeline.together import Batch
    from tithi.records import Alignment, Article, Lang, Reject
    from tithi.sources.manifest import ManifestEntry

__all__ = ["add"]


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command = commands.add_parser(
        "align",
        help="print the beads of an article pair",
        description="Print one JSON object a bead: hi and en, half-open ranges of sentences; score, the "
        "probability that it is right; date; hi_text and en_text; moved where it is told in another order than most. "
        "Every sentence is in exactly one bead; [k, k] is an empty side; its reason says why the other is alone where "
        "that is known, and rival and rival_score what it would most likely belong to.",
    )
    command.add_argument("hi", nargs="?", metavar="HI", help="the Hindi article, UTF-8 text; - is standard input")
    command.add_argument("en", nargs="?", metavar="EN", help="the English article")
    command.add_argument(
        "--lines", action="store_true", help="the files hold one sentence a line: keep them as they are"
    )
    keep_lines(command)
    command.add_argument(
        "--manifest",
        metavar="PAIRS",
        help="id, Hindi path, English path with tabs, or a JSON object with id, hi, en, a line; needs -o",
    )
    command.add_argument("--jobs", type=positive, default=1, metavar="N", help="processes for a manifest (default 1)")
    command.add_argument(
        "-o", "--out", type=Path, metavar="DIR", help="write DIR/ID.jsonl for each pair of the manifest"
    )
    command.add_argument(
        "--min-score",
        type=share,
        default=0.0,
        metavar="S",
        help="take pairs less likely right than S apart (default 0)",
    )
    command.add_argument(
        "--explain", action="store_true", help="add `why` to each bead: similarity, length, numbers, dates, rivals"
    )
    command.add_argument("--pretty", action="store_true", help="print the beads side by side, to be read by people")
    monotone(command)
    encoder(command)
    command.set_defaults(run=_run)


@dataclass(frozen=True, slots=True)
class _Options:
    """What is asked of each pair."""

    encoder: str | None
    lines: bool
    keep_lines: bool
    explain: bool
    min_score: float
    monotone: bool


def _run(args: argparse.Namespace) -> int:
    if args.pretty and (args.explain or args.manifest is not None):
        raise UsageError("align: --pretty shows one pair, without reasons; leave out --explain and --manifest")
    if args.manifest is not None:
        if args.hi is not None or args.out is None:
            raise UsageError("align: --manifest goes with -o DIR and without files; see tithi align --help")
        if args.explain and args.min_score:
            raise UsageError("align: --explain tells of all beads; got --min-score too; leave one out")
        return _run_manifest(args)
    if args.out is not None:
        raise UsageError("align: -o takes the beads of a --manifest; one pair is printed: tithi align HI EN > FILE")
    if args.hi is None or args.en is None:
        raise UsageError("align: two articles are needed, HI and EN, or --manifest with -o; see tithi align --help")
    if args.hi == args.en == "-":
        raise UsageError("align: only one side can be standard input; got - twice; give a file for the other")
    if args.explain and args.min_score:
        raise UsageError("align: --explain tells of all beads; got --min-score too; leave one out")
    from tithi.encoder import load

    options = _Options(args.encoder, args.lines, args.keep_lines, args.explain, args.min_score, args.monotone)
    encoder = load(args.encoder)
    alignment, explanations = _aligned(options, _cut(options, args.hi, args.en), encoder)
    for line in [str(alignment)] if args.pretty else _lines(alignment, explanations):
        print(line)
    _tell_order(alignment)
    return 0


def _tell_order(alignment: "Alignment") -> None:
    moved = sum(bead.moved for bead in alignment.pairs())
    if moved:
        pairs = sum(1 for _ in alignment.pairs())
        told = "order: %d of %d pairs are told elsewhere on the English side"
        logging.getLogger("tithi").log(SUMMARY, told, moved, pairs)


def _run_manifest(args: argparse.Namespace) -> int:
    """Write one file a pair; a bad pair is told and the rest still done."""
    import sys

    from tithi.pipeline.jobs import each
    from tithi.pipeline.together import batches
    from tithi.records import Reject
    from tithi.sources.manifest import read_manifest

    args.out.mkdir(parents=True, exist_ok=True)
    bad = moved = 0
    options = _Options(args.encoder, args.lines, args.keep_lines, args.explain, args.min_score, args.monotone)
    batched = each(batches(read_manifest(args.manifest)), partial(_work, options), jobs=args.jobs)
    results = chain.from_iterable([batch] if isinstance(batch, Reject) else batch for batch in batched)
    for result in progress_bar("pairs")(results):
        if isinstance(result, Reject):
            bad += 1
            print(f"tithi: {' '.join(f'{result.where}: {result.reason}'.split())}", file=sys.stderr)
            continue
        name, lines, differs = result
        moved += differs
        (args.out / f"{name}.jsonl").write_bytes("\n".join([*lines, ""]).encode())
    if moved:
        logging.getLogger("tithi").log(
            SUMMARY, "order: it differs in %d article pairs; see moved in their beads", moved
        )
    return 1 if bad else 0


def _work(options: "_Options", batch: "Batch") -> "list[tuple[str, list[str], bool] | Reject]":
    """Return of each pair the id, its beads as lines, and whether some are told in another order."""
    from tithi.pipeline.checked import encoder_named
    from tithi.pipeline.together import worked_together

    def cut(entry: "ManifestEntry") -> "tuple[Cut, Cut]":
        return _cut(options, entry.hi.path, entry.en.path)

    def lines(entry: "ManifestEntry", cuts: "tuple[Cut, Cut]", encoder: "Encoder") -> tuple[str, list[str], bool]:
        alignment, told = _aligned(options, cuts, encoder)
        return entry.id, list(_lines(alignment, told)), any(bead.moved for bead in alignment.beads)

    return worked_together(batch.entries, cut, lines, encoder_named(options.encoder))


def _aligned(
    args: "_Options", cuts: "tuple[Cut, Cut]", loaded: "Encoder"
) -> "tuple[Alignment, list[Explanation] | None]":
    from tithi.aligner.alignment import align_cuts

    told: list[Explanation] | None = [] if args.explain else None
    alignment = align_cuts(*cuts, id="pair", encoder=loaded, monotone=args.monotone, explanations=told)
    return alignment.above(args.min_score) if args.min_score else alignment, told


def _cut(args: "_Options", hi: str, en: str) -> "tuple[Cut, Cut]":
    from tithi.aligner.alignment import cut_sides

    sides = _read(hi, "hi", args.lines), _read(en, "en", args.lines)
    return cut_sides(*sides, lines=args.lines, keep_lines=args.keep_lines)


def _read(path: str, lang: "Lang", lines: bool) -> "Article":
    from tithi.records import Article, Source
    from tithi.sources.article import read_article, read_lines

    if not lines:
        return read_article(path, lang)
    return Article(lang, "".join(f"{line}\n" for line in read_lines(path, lang)), Source(path))


def _lines(alignment: "Alignment", explanations: "list[Explanation] | None") -> Iterator[str]:
    # A row of known form is written out ten times as fast as a dict of it is encoded.
    quoted = encode_basestring
    for number, bead in enumerate(alignment.beads):
        (a, b), (c, d), date = bead.hi, bead.en, "null" if bead.date is None else quoted(bead.date)
        hi, en = quoted(alignment.hi.text(bead.hi)), quoted(alignment.en.text(bead.en))
        row = (
            f'{{"hi": [{a}, {b}], "en": [{c}, {d}], "score": {round(bead.score, 4)}, "date": {date}, '
            f'"hi_text": {hi}, "en_text": {en}'
        )
        if bead.moved:
            row += ', "moved": true'
        if bead.reason is not None:
            row += f', "reason": {quoted(bead.reason)}'
        if bead.rival is not None:
            row += f', "rival": {list(bead.rival[0])}, "rival_score": {round(bead.rival[1], 4)}'
        if explanations is not None:
            row += f', "why": {json.dumps(explanations[number].to_dict(), ensure_ascii=False)}'
        yield f"{row}}}"
