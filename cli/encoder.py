"""`tithi encode`, `tithi words`, `tithi train-encoder`: the encoder on its own."""

import argparse
import sys
from pathlib import Path

from tithi.cli.arguments import encoder, positive
from tithi.cli.logs import quiet
from tithi.errors import DataError

__all__ = ["add"]

_PAIRS_AT_A_TIME = 1000


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    command = commands.add_parser(
        "encode",
        help="write the vectors of a text's lines",
        description="Write one vector a line: a float32 matrix (lines, dimensions) of unit rows that numpy.load reads. "
        "A blank line is the zero row.",
    )
    command.add_argument("file", type=Path, metavar="FILE", help="UTF-8, one text a line")
    command.add_argument("--lang", required=True, choices=("hi", "en"), help="the language of the text")
    command.add_argument("-o", "--out", required=True, type=Path, metavar="VECTORS.npy", help="the file to write")
    encoder(command)
    command.set_defaults(run=_encode)

    command = commands.add_parser(
        "words",
        help="print which words translate which",
        description="Print one line a sentence pair in the Pharaoh format, Hindi word - English word, from 0: 0-0 1-2.",
    )
    command.add_argument("hi", metavar="HI", help="Hindi, one sentence a line, words between blanks")
    command.add_argument("en", metavar="EN", help="its English translation, line by line")
    encoder(command)
    command.set_defaults(run=_words)

    command = commands.add_parser(
        "train-encoder",
        help="train an encoder on your own sentence pairs",
        description="Train an encoder on hi<TAB>en lines and write it as one .npz file, which --encoder takes "
        "everywhere. Needs the extra `train`; a CPU is enough. A run that was stopped goes on when started again.",
    )
    command.add_argument("pairs", nargs="+", type=Path, metavar="TSV", help="hi<TAB>en lines; may be .xz, .gz or .bz2")
    command.add_argument("-o", "--out", required=True, type=Path, metavar="MODEL.npz", help="the model file to write")
    command.add_argument("--recipe", type=Path, metavar="TOML", help="settings (default: encoder/recipe.toml's own)")
    command.add_argument("--epochs", type=positive, help="instead of the recipe's")
    command.add_argument("--seed", type=positive, help="instead of the recipe's")
    for option, metavar, told in (
        ("--words", "TSV", "word<TAB>share lists for the vocabulary"),
        ("--held-out", "FILE", "texts to keep out of training, one or more a line with tabs between"),
    ):
        command.add_argument(
            option, type=Path, nargs="+", action="extend", default=[], metavar=metavar, help=f"{told}; after the pairs"
        )
    command.add_argument(
        "--teacher", metavar="NAME", help="an encoder whose vectors of the pieces training starts from"
    )
    command.set_defaults(run=_train)


def _encode(args: argparse.Namespace) -> int:
    from tithi.encoder import load
    from tithi.encoder.vectors import encode_file

    count = encode_file(args.file, args.out, args.lang, load(args.encoder))
    print(f"{args.out}: {count} vectors")
    return 0


def _words(args: argparse.Namespace) -> int:
    from tithi.encoder import load
    from tithi.encoder.words import pharaoh, word_links
    from tithi.sources.article import read_lines

    hi, en = read_lines(args.hi, "hi"), read_lines(args.en, "en")
    if len(hi) != len(en):
        raise DataError(
            f"{args.en}: must have as many lines as {args.hi}, {len(hi)}; got {len(en)}; pair them line by line"
        )
    loaded = load(args.encoder)
    for first in range(0, len(hi), _PAIRS_AT_A_TIME):
        part = slice(first, first + _PAIRS_AT_A_TIME)
        for links in word_links([line.split() for line in hi[part]], [line.split() for line in en[part]], loaded):
            print(pharaoh(links))
    return 0


def _train(args: argparse.Namespace) -> int:
    from dataclasses import replace

    from tithi.encoder import load
    from tithi.encoder.recipe import read_recipe, shipped_recipe
    from tithi.encoder.train import Extras, train_encoder

    recipe = read_recipe(args.recipe) if args.recipe else shipped_recipe()
    given = {name: getattr(args, name) for name in ("epochs", "seed") if getattr(args, name) is not None}
    train_encoder(
        args.pairs,
        args.out,
        recipe=replace(recipe, **given),
        extras=Extras(tuple(args.words), tuple(args.held_out), load(args.teacher) if args.teacher else None),
        report=lambda line: None if quiet() else print(line, file=sys.stderr, flush=True),
    )
    print(f"{args.out}: trained")
    return 0
