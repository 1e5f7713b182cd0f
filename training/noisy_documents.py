"""Make a folder of noisy parallel documents with known alignment out of line-aligned ones.

    python -m training.noisy_documents FOLDER -o OUT --preset hard --seed 7

FOLDER holds `DOC.hi` and `DOC.en`, line i the translation of line i. OUT gets the same kind of files with lines merged,
moved, deleted and inserted (see `training.noise`), `DOC.gold.json`, a list `[[[hi...], [en...]], ...]` of line
numbers from 0 with every line in exactly one bead, and `summary.json`. The same arguments give the same files.

Inserted lines come from the other documents. With `--join` they may so occur a second time, in their own place; give
`--foreign` where that matters.
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from pathlib import Path

from tithi.errors import DataError, TithiError, UsageError
from training.foreign import Pair
from training.noise import GoldBead, NoisyDocument, dated_starts, make_noisy
from training.rates import EASY, HARD, PLAIN, SHUFFLED, Rates

__all__ = [
    "EASY",
    "HARD",
    "PLAIN",
    "PRESETS",
    "SHUFFLED",
    "NoisyDocument",
    "Rates",
    "cut",
    "dated_starts",
    "documents",
    "join",
    "make_noisy",
    "noisy_documents",
    "read_documents",
    "write_documents",
]

PRESETS = {"plain": PLAIN, "easy": EASY, "hard": HARD, "shuffled": SHUFFLED}


def read_documents(folder: Path) -> dict[str, list[Pair]]:
    """Read every `DOC.hi` and `DOC.en` of a folder; lines blank on both sides are left out.

    Raises:
        DataError: No documents, a missing side, sides of different length, or a line blank on one side only.
    """
    documents = {path.stem: _read_pairs(path, path.with_suffix(".en")) for path in sorted(folder.glob("*.hi"))}
    if not documents:
        raise DataError(f"{folder}: must hold DOC.hi and DOC.en files; got none; name a folder of line-aligned text")
    return documents


def documents(data: Path) -> dict[str, list[Pair]]:
    """Return the line-aligned documents of the dev sets, FLORES cut into five pieces."""
    flores = {f"flores{key}": pairs for key, pairs in cut(read_documents(data / "flores200"), 200).items()}
    return read_documents(data / "tico19") | flores


def _read_pairs(hi_path: Path, en_path: Path) -> list[Pair]:
    hi, en = ([line.strip() for line in _read(path).split("\n")] for path in (hi_path, en_path))
    if len(hi) != len(en):
        raise DataError(f"{hi_path}: both sides need as many lines; got {len(hi)} and {len(en)}; align them by line")
    for number, (one, other) in enumerate(zip(hi, en, strict=True), 1):
        if bool(one) != bool(other):
            raise DataError(f"{hi_path}:{number}: line is blank on one side; got {one or other!r}; drop it or fill it")
    return [(one, other) for one, other in zip(hi, en, strict=True) if one]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: must be a readable UTF-8 file; got {error}; check it") from None


def cut(documents: Mapping[str, list[Pair]], size: int) -> dict[str, list[Pair]]:
    """Cut documents of more than `size` pairs into numbered pieces; 0 leaves them whole."""
    pieces: dict[str, list[Pair]] = {}
    for name, pairs in documents.items():
        if not size or len(pairs) <= size:
            pieces[name] = pairs
        else:
            starts = range(0, len(pairs), size)
            pieces |= {f"{name}_{number:03d}": pairs[start : start + size] for number, start in enumerate(starts)}
    return pieces


def noisy_documents(
    documents: Mapping[str, list[Pair]],
    rates: Rates,
    *,
    seed: int,
    copies: int = 1,
    foreign: Sequence[Pair] | None = None,
) -> dict[str, NoisyDocument]:
    """Distort every document `copies` times, each with its own chance drawn from `seed`, its name and its copy.

    `foreign` is where inserted lines come from, by default the other documents.
    """
    noisy = {}
    for name, pairs in documents.items():
        pool = foreign
        if pool is None:
            pool = [pair for other, theirs in documents.items() if other != name for pair in theirs]
        for copy in range(copies):
            rng = random.Random(f"{seed} {name} {copy}")
            hi, en = [hi for hi, _ in pairs], [en for _, en in pairs]
            noisy[name if copies == 1 else f"{name}_c{copy:02d}"] = make_noisy(hi, en, rates, rng, pool)
    return noisy


def join(documents: Iterable[NoisyDocument]) -> NoisyDocument:
    """Put documents one after the other into one."""
    hi: list[str] = []
    en: list[str] = []
    gold: list[GoldBead] = []
    for document in documents:
        for his, ens in document.gold:
            gold.append((tuple(i + len(hi) for i in his), tuple(i + len(en) for i in ens)))
        hi.extend(document.hi)
        en.extend(document.en)
    return NoisyDocument(tuple(hi), tuple(en), tuple(gold))


def write_documents(documents: Mapping[str, NoisyDocument], out: Path, args: Mapping[str, object]) -> dict[str, object]:
    """Write the documents and `summary.json` (the arguments, totals and bead types) to a folder; return the summary."""
    out.mkdir(parents=True, exist_ok=True)
    kinds: Counter[str] = Counter()
    for name, document in documents.items():
        (out / f"{name}.hi").write_text("".join(f"{line}\n" for line in document.hi), encoding="utf-8")
        (out / f"{name}.en").write_text("".join(f"{line}\n" for line in document.en), encoding="utf-8")
        (out / f"{name}.gold.json").write_text(json.dumps(document.gold) + "\n", encoding="utf-8")
        kinds.update(f"{len(hi)}-{len(en)}" for hi, en in document.gold)
    totals = {
        "docs": len(documents),
        "hi_lines": sum(len(document.hi) for document in documents.values()),
        "en_lines": sum(len(document.en) for document in documents.values()),
        "beads": kinds.total(),
    }
    summary: dict[str, object] = {"args": dict(args), "totals": totals, "bead_types": dict(kinds.most_common())}
    (out / "summary.json").write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")
    return summary


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training.noisy_documents", description="Make noisy parallel text.")
    parser.add_argument("folder", type=Path, help="folder of DOC.hi and DOC.en, aligned line by line")
    parser.add_argument("-o", "--out", type=Path, required=True, help="folder to write; must be new or empty")
    parser.add_argument("--preset", choices=PRESETS, default="easy", help="rates to start from (default: easy)")
    for field in fields(Rates):
        if field.name != "shuffle":
            parser.add_argument(f"--{field.name}", type=float, help=f"chance of {field.name} instead of the preset's")
    parser.add_argument(
        "--shuffle-segments",
        dest="shuffle",
        action="store_const",
        const=1.0,
        help="cut documents at lines that open with a date on both sides and shuffle the English segments",
    )
    parser.add_argument(
        "--dated-only", action="store_true", help="leave out documents with fewer than three dated lines to cut at"
    )
    parser.add_argument("--seed", type=int, default=1, help="start of the random numbers (default: 1)")
    parser.add_argument("--copies", type=int, default=1, help="distort each document so many times (default: 1)")
    parser.add_argument("--max-lines", type=int, default=0, help="first cut documents into pieces of so many lines")
    parser.add_argument("--foreign", type=Path, help="folder that inserted lines come from (default: the others)")
    parser.add_argument("--join", action="store_true", help="put all the documents into one, named joined")
    return parser


def _run(args: argparse.Namespace) -> dict[str, object]:
    if args.out.exists() and (not args.out.is_dir() or any(args.out.iterdir())):
        raise UsageError(f"{args.out}: must be new or an empty folder; got one in use; name another")
    given = {field.name: getattr(args, field.name) for field in fields(Rates)}
    rates = replace(PRESETS[args.preset], **{name: value for name, value in given.items() if value is not None})
    documents = cut(read_documents(args.folder), args.max_lines)
    if args.dated_only:
        documents = {name: pairs for name, pairs in documents.items() if len(dated_starts(pairs)) >= 3}
        if not documents:
            raise DataError(f"{args.folder}: no document has three dated lines to cut at; give dated documents")
    foreign = None
    if args.foreign:
        foreign = [pair for pairs in read_documents(args.foreign).values() for pair in pairs]
    noisy = noisy_documents(documents, rates, seed=args.seed, copies=args.copies, foreign=foreign)
    if args.join:
        noisy = {"joined": join(noisy.values())}
    settings = {"preset": args.preset, "seed": args.seed, **asdict(rates)}
    return write_documents(
        noisy, args.out, settings | {key: getattr(args, key) for key in ("copies", "max_lines", "dated_only", "join")}
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    args = _parser().parse_args(argv)
    try:
        summary = _run(args)
    except TithiError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(json.dumps(summary, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
