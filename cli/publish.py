"""`tithi publish`, `tithi export`, `tithi diff`, `tithi train-vocab`: what is done with a built dataset."""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tithi.cli.arguments import positive, share
from tithi.cli.near import reads

if TYPE_CHECKING:
    from tithi.corpus.diff import Change, Pair
    from tithi.hub.publish import Publication

__all__ = ["add"]

_FORMATS = ("moses", "tsv", "jsonl", "tmx", "xliff", "xliff12")
_SPLITS = ("train", "validation", "test")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    _add_publish(commands)
    _add_export(commands)
    _add_diff(commands)
    _add_train_vocab(commands)


def _add_publish(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser(
        "publish",
        help="put a dataset on the Hugging Face Hub",
        description="Make a dataset repository on the Hub hold what OUT holds: one commit of the files that differ, "
        "and a tag. The access token is that of HF_TOKEN or of `hf auth login`.",
    )
    command.add_argument("out", metavar="OUT", help="the dataset folder, as it was built, or its address")
    command.add_argument("--repo", required=True, metavar="USER/NAME", help="the repository; made if there is none")
    command.add_argument(
        "--public",
        action="store_true",
        help="let everybody read it (default: private); every article must state a licence",
    )
    command.add_argument("--dry-run", action="store_true", help="show what would go, change nothing")
    command.add_argument("--tag", metavar="TAG", help="the version's name (default: v2026.11.22, by the day)")
    command.add_argument(
        "--message", metavar="TEXT", help="the commit's message (default: the rows that came and went)"
    )
    command.add_argument(
        "--force", action="store_true", help="replace files that tithi did not publish or that were changed on the Hub"
    )
    reads(command, "out")
    command.set_defaults(run=_publish)


def _add_export(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser(
        "export",
        help="write sentence pairs in a format that others read",
        description="Write the sentence pairs of a dataset as Moses (FILE.hi and FILE.en), TSV (hi, en, id, date, "
        "score, quality), JSONL (every column), TMX 1.4b or XLIFF 2.0.",
    )
    command.add_argument("out", metavar="OUT", help="the dataset folder, or its address")
    command.add_argument("--format", required=True, choices=_FORMATS, help="the format")
    command.add_argument("-o", "--output", required=True, type=Path, metavar="FILE", help="the file to write")
    command.add_argument("--split", choices=_SPLITS, help="the split (default: all)")
    command.add_argument("--min-quality", type=share, metavar="Q", help="leave out pairs of less or unknown quality")
    reads(command, "out")
    command.set_defaults(run=_export)


def _add_diff(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser(
        "diff",
        help="tell what changed between two builds",
        description="Print the sentence pairs that came (+), went (-) or were aligned otherwise (~), then how many of "
        "each.",
    )
    command.add_argument("old", metavar="OUT1", help="the earlier dataset folder, or its address")
    command.add_argument("new", metavar="OUT2", help="the later one")
    command.add_argument("--json", action="store_true", help="print one JSON object a change instead")
    reads(command, "old", "new")
    command.set_defaults(run=_diff)


def _add_train_vocab(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser(
        "train-vocab",
        help="learn a SentencePiece vocabulary",
        description="Learn a SentencePiece model (unigram, NFC) from the texts of the split train.",
    )
    command.add_argument("out", metavar="OUT", help="the dataset folder, or its address")
    command.add_argument("-o", "--output", required=True, type=Path, metavar="FILE", help="the model, say spm.model")
    command.add_argument("--size", type=positive, default=16000, metavar="N", help="pieces (default 16000)")
    command.add_argument(
        "--per-side", action="store_true", help="one model a side, spm.hi.model and spm.en.model, of N pieces each"
    )
    command.add_argument("--seed", type=int, default=0, metavar="N", help="chooses from more than 5 million texts")
    reads(command, "out")
    command.set_defaults(run=_train_vocab)


def _publish(args: argparse.Namespace) -> int:
    # Before the client is imported: it would tell of each retry, with the signed address of a file.
    os.environ.setdefault("HF_HUB_VERBOSITY", "error")
    if not sys.stderr.isatty():
        os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")

    from tithi.hub.publish import Release, publish

    release = Release(args.public, args.force, args.tag, args.message)
    made = publish(args.out, args.repo, release, dry_run=args.dry_run)
    for line in _told(made, public=args.public):
        print(line)
    return 0


def _told(made: "Publication", *, public: bool) -> Iterator[str]:
    would = "would " if made.commit is None else ""
    if made.unseen is not None:
        yield f"{made.unseen}; what follows is for a repository that holds nothing"
    elif made.anonymous:
        yield "no access token: a private repository cannot be seen"
    if made.created:
        yield f"{would}make {made.repo}, {'public' if public else 'private'}"
    for name, size in made.sent.items():
        yield f"{would}send {name} ({size:,} bytes)"
    for name in made.held:
        yield f"{would}put {name}, which the repository holds under another name"
    for name in made.removed:
        yield f"{would}remove {name}"
    if made.sent or made.held or made.removed:
        yield f"{would}commit: {made.message}"
    else:
        yield "nothing to send: the repository holds this dataset"
    yield f"{would}tag {made.tag}"
    if made.commit is not None:
        yield f"{made.url} is at {made.commit[:12]}, {made.tag}"


def _export(args: argparse.Namespace) -> int:
    from tithi.corpus.export import export

    count = export(args.out, args.output, args.format, split=args.split, min_quality=args.min_quality)
    print(f"{args.output}: {count} pairs")
    return 0


def _diff(args: argparse.Namespace) -> int:
    from dataclasses import asdict

    from tithi.corpus.diff import diff

    counts: Counter[str] = Counter()
    for change in diff(args.old, args.new):
        counts[change.kind] += 1
        print(json.dumps(asdict(change), ensure_ascii=False) if args.json else "\n".join(_lines(change)))
    if not args.json:
        print(f"{counts['added']} added, {counts['gone']} gone, {counts['realigned']} realigned")
    return 0


def _lines(change: "Change") -> Iterator[str]:
    sign = {"added": "+", "gone": "-", "realigned": "~"}[change.kind]
    pair = change.new or change.old
    assert pair is not None
    yield f"{sign} {pair.id}"
    if change.old is not None:
        yield f"  - {_shown(change.old)}"
    if change.new is not None:
        yield f"  + {_shown(change.new)}"


def _shown(pair: "Pair") -> str:
    """Return both texts on one line, tab-separated, as they stand but for their line breaks."""
    return "\t".join(" ".join(text.split()) for text in (pair.hi, pair.en))


def _train_vocab(args: argparse.Namespace) -> int:
    from tithi.corpus.vocab import train_vocab

    for vocab in train_vocab(args.out, args.output, size=args.size, joint=not args.per_side, seed=args.seed):
        print(f"{vocab.path}: {vocab.size} pieces from {vocab.sentences} texts")
    return 0
