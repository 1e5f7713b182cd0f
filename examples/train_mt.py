"""Train a small translator, both directions in one model, on a dataset that `tithi build` made; on a CPU.

    python examples/train_mt.py train FOLDER RUN --minutes 60
    python examples/train_mt.py translate RUN --to en < lines.hi > lines.en
    python examples/train_mt.py evaluate RUN FOLDER

`train` needs FOLDER alone: it learns its own vocabulary as `tithi train-vocab` does, reads the rows with
`datasets.load_dataset`, starts from the vectors of the encoder that comes with tithi, and goes on where it was stopped
when it is started again. One seed gives one model on one machine. `evaluate` translates both sides of a split and has
`tithi mt-eval` score them.

Needs torch; in a checkout: python -m pip install '.[train]'
"""

import argparse
import math
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from mt_model import BOS, EOS, Shape, Transformer, beam_search, padded
from sentencepiece import SentencePieceProcessor
from torch import Tensor, nn
from torch.nn import functional

from tithi.corpus.vocab import train_vocab
from tithi.errors import DataError, TithiError, UsageError

SMOOTHING = 0.1
WARM_UP = 0.06
POOL = 20_000
SEARCHED_TOGETHER = 256

Example = tuple[list[int], list[int]]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides a run besides its data; `steps` or `minutes` ends it."""

    steps: int | None
    minutes: float | None
    min_quality: float
    seed: int
    rate: float
    batch: int
    longest: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    args = parser().parse_args(arguments)
    torch.set_num_threads(args.threads)
    try:
        code: int = args.run(args)
    except TithiError as error:
        print(f"train_mt: {error}", file=sys.stderr)
        return error.exit_code
    return code


def parser() -> argparse.ArgumentParser:
    """Return the parser of the three commands."""
    top = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--threads", type=int, default=os.cpu_count() or 1, help="CPU threads (default: all)")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    train = commands.add_parser("train", parents=[shared], help="train, or go on training")
    train.add_argument("folder", type=Path, help="the dataset that tithi build made")
    train.add_argument("out", type=Path, metavar="RUN", help="the folder for the model")
    length = train.add_mutually_exclusive_group()
    length.add_argument("--steps", type=int, help="how many batches to learn from")
    length.add_argument("--minutes", type=float, help="or how long (default 60)")
    train.add_argument("--min-quality", type=float, default=0.0, help="leave out pairs of less quality (default 0)")
    train.add_argument("--vocab", type=Path, help="a SentencePiece model (default: one is learnt)")
    train.add_argument("--pieces", type=int, default=8000, help="the size of the vocabulary to learn (default 8000)")
    train.add_argument("--dim", type=int, default=192, help="the size of a state (default 192)")
    train.add_argument("--layers", type=int, nargs=2, default=(2, 2), help="of encoder and decoder (default 2 2)")
    train.add_argument(
        "--dropout", type=float, default=0.0, help="over 0 for several passes over little data (default 0)"
    )
    train.add_argument("--rate", type=float, default=2.5e-3, help="the highest learning rate (default 0.0025)")
    train.add_argument("--batch", type=int, default=1024, help="pieces of source and target in a batch (default 1024)")
    train.add_argument("--longest", type=int, default=64, help="leave out texts of more pieces (default 64)")
    train.add_argument("--random", action="store_true", help="start from random numbers, not from tithi's encoder")
    train.add_argument("--seed", type=int, default=1)
    train.add_argument("--save-minutes", type=float, default=4.0, help="between two saved states (default 4)")
    train.add_argument("--stop-at", type=int, help="stop after this step; the next call goes on")
    train.set_defaults(run=run_train)
    for name, what in (("translate", "translate lines"), ("evaluate", "translate a split and score it")):
        command = commands.add_parser(name, parents=[shared], help=what)
        command.add_argument("out", type=Path, metavar="RUN", help="the folder of a trained model")
        command.add_argument("--beams", type=int, default=4, help="of the beam search; 1 is greedy (default 4)")
        if name == "translate":
            command.add_argument("--to", choices=("hi", "en"), required=True, help="the language to write")
            command.set_defaults(run=run_translate)
        else:
            command.add_argument("folder", type=Path, help="a dataset that tithi build made")
            command.add_argument("--split", default="test", help="(default test)")
            command.set_defaults(run=run_evaluate)
    return top


# --- data ------------------------------------------------------------------------------------------------------------


def read_examples(
    folder: Path, split: str, pieces: SentencePieceProcessor, shape: Shape, recipe: Recipe
) -> list[Example]:
    """Return both directions of every row as numbers of pieces: a source with its language token, and a target."""
    from datasets import load_dataset

    rows = load_dataset(str(folder), split=split).select_columns(["translation", "quality"])
    kept = [row["translation"] for row in rows if (row["quality"] or 0.0) >= recipe.min_quality]
    hi, en = (pieces.encode([pair[lang] for pair in kept]) for lang in ("hi", "en"))
    examples = []
    for one, other in zip(hi, en, strict=True):
        if 0 < len(one) <= recipe.longest and 0 < len(other) <= recipe.longest:
            examples.append(example(one, other, shape, "en"))
            examples.append(example(other, one, shape, "hi"))
    print(f"{split}: {len(rows)} rows, {len(kept)} of quality >= {recipe.min_quality:g}, {len(examples)} examples")
    if not examples:
        raise DataError(f"{folder}: training needs rows in the split {split}; got none that fit; lower --min-quality")
    return examples


def example(source: list[int], target: list[int], shape: Shape, to: str) -> Example:
    """Return a source that asks for the language `to`, and its target, with the marks of their ends."""
    return [shape.language(to), *source, EOS], [BOS, *target, EOS]


def batches(examples: list[Example], shape: Shape, size: int, seed: int, skip: int) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield batches without end from the one numbered `skip` on; the same seed gives the same ones in the same order.

    Examples are shuffled anew in each pass, sorted by length in pools so that little is padding, and the batches of a
    pool shuffled again.
    """
    epoch = 0
    while True:
        chance = torch.Generator().manual_seed(seed * 1_000_003 + epoch)
        order = torch.randperm(len(examples), generator=chance).tolist()
        for first in range(0, len(order), POOL):
            pool = sorted(order[first : first + POOL], key=lambda i: (len(examples[i][1]), len(examples[i][0])))
            groups = list(cut(pool, examples, size))
            for number in torch.randperm(len(groups), generator=chance).tolist():
                if skip:
                    skip -= 1
                    continue
                chosen = [examples[i] for i in groups[number]]
                yield padded([s for s, _ in chosen], shape.pad), padded([t for _, t in chosen], shape.pad)
        epoch += 1


def cut(pool: list[int], examples: list[Example], size: int) -> Iterator[list[int]]:
    """Yield the examples of a pool in groups that have at most `size` pieces when both sides are padded."""
    group: list[int] = []
    source = target = 0
    for index in pool:
        wider = max(source, len(examples[index][0])), max(target, len(examples[index][1]))
        if group and sum(wider) * (len(group) + 1) > size:
            yield group
            group, wider = [], (len(examples[index][0]), len(examples[index][1]))
        group.append(index)
        source, target = wider
    yield group


# --- training --------------------------------------------------------------------------------------------------------


def run_train(args: argparse.Namespace) -> int:
    """Train until the steps or minutes are over, saving the state on the way."""
    minutes = None if args.steps else args.minutes or 60.0
    recipe = Recipe(args.steps, minutes, args.min_quality, args.seed, args.rate, args.batch, args.longest)
    args.out.mkdir(parents=True, exist_ok=True)
    pieces = vocabulary(args)
    shape = Shape(len(pieces), args.dim, args.dim // 64 or 1, *args.layers, args.dim * 3, args.dropout)
    told = {"shape": asdict(shape), "recipe": asdict(recipe)}
    state_file = args.out / "state.pt"
    state: dict[str, Any] | None = torch.load(state_file) if state_file.exists() else None
    if state is not None and state["told"] != told:
        raise UsageError(f"{args.out}: holds a run with other settings; give them again, or choose another folder")
    torch.manual_seed(recipe.seed)
    model = Transformer(shape)
    if not args.random:
        start_from_encoder(model, pieces)
    run = Training(model, recipe)
    if state is not None:
        run.load(state)
        print(f"going on after step {run.step}")
    examples = read_examples(args.folder, "train", pieces, shape, recipe)
    held = held_out(args.folder, pieces, shape, recipe)

    def save() -> None:
        torch.save({"told": told, **run.state()}, args.out / "state.part")
        (args.out / "state.part").replace(state_file)
        torch.save({"shape": asdict(shape), "weights": run.model.state_dict()}, args.out / "model.part")
        (args.out / "model.part").replace(args.out / "model.pt")
        print(f"step {run.step} saved, validation loss {run.mean_loss(held):.4f}", flush=True)

    with stopping() as stopped:
        source = batches(examples, shape, recipe.batch, recipe.seed, run.step)
        run.learn(source, lambda: bool(stopped) or run.step == args.stop_at, args.save_minutes, save)
    save()
    return 130 if stopped else 0


@contextmanager
def stopping() -> Iterator[list[int]]:
    """Collect the signals that ask to stop (Ctrl-C, kill), so that a step is never left half done."""
    caught: list[int] = []
    before = {
        number: signal.signal(number, lambda n, _: caught.append(n)) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield caught
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def vocabulary(args: argparse.Namespace) -> SentencePieceProcessor:
    """Return the run's own copy of the vocabulary, learnt the first time."""
    path: Path = args.out / "spm.model"
    if not path.exists():
        if args.vocab is not None:
            path.write_bytes(args.vocab.read_bytes())
        else:
            train_vocab(args.folder, path, size=args.pieces)
    return SentencePieceProcessor(model_file=str(path))


@torch.no_grad()
def start_from_encoder(model: Transformer, pieces: SentencePieceProcessor) -> None:
    """Give pieces the vectors that tithi's encoder has for them, where words and their translations lie together.

    What the decoder reads from the source is first passed on as it is, so that the model begins as one that names the
    source's words and their translations, in any order.
    """
    from tithi.encoder import load as load_encoder

    texts = [pieces.id_to_piece(number).replace("\u2581", " ") for number in range(len(pieces))]
    vectors = torch.from_numpy(load_encoder().encode(texts, "hi"))
    vectors -= vectors.mean(0)
    axes = torch.linalg.svd(vectors, full_matrices=False).Vh[: model.shape.dim]
    known = functional.normalize(vectors @ axes.T)
    chance = functional.normalize(model.embedding.weight[: len(known), : len(axes)])
    model.embedding.weight[: len(known), : len(axes)] = 0.9 * known + 0.43 * chance
    for layer in model.decoder:
        nn.init.eye_(layer.cross.value.weight)
        nn.init.eye_(layer.cross.out.weight)


def held_out(folder: Path, pieces: SentencePieceProcessor, shape: Shape, recipe: Recipe) -> list[tuple[Tensor, Tensor]]:
    """Return a few batches of the split validation (of train where there is none), the same for every run."""
    from datasets import get_dataset_split_names

    split = "validation" if "validation" in get_dataset_split_names(str(folder)) else "train"
    fixed = Recipe(1, None, 0.5, 0, 0.0, recipe.batch, recipe.longest)
    found = batches(read_examples(folder, split, pieces, shape, fixed), shape, recipe.batch, 0, 0)
    return [next(found) for _ in range(12)]


class Training:
    """A model, its optimiser and how far it has come."""

    def __init__(self, model: Transformer, recipe: Recipe) -> None:
        self.model, self.recipe = model, recipe
        self.optimiser = torch.optim.AdamW(
            model.parameters(), lr=recipe.rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True
        )
        self.step = 0
        self.seconds = 0.0

    def learn(
        self,
        source: Iterator[tuple[Tensor, Tensor]],
        stop: Callable[[], bool],
        every: float,
        save: Callable[[], None],
    ) -> None:
        """Take steps until the run is over or `stop` says so; call `save` every so many minutes."""
        began = time.monotonic() - self.seconds
        saved, losses, seen = time.monotonic(), list[float](), 0
        self.model.train()
        while self.progress() < 1 and not stop():
            pair = next(source)
            losses.append(self.update(*pair))
            seen += pair[0].numel() + pair[1].numel()
            self.seconds = time.monotonic() - began
            if self.step <= 10 or self.step % 50 == 0 or self.progress() == 1:
                print(
                    f"step {self.step} loss {sum(losses) / len(losses):.4f} rate {self.rate():.2e} "
                    f"pieces {seen} seconds {self.seconds:.0f}",
                    flush=True,
                )
                losses = []
            if time.monotonic() - saved > every * 60:
                save()
                saved = time.monotonic()

    def update(self, source: Tensor, target: Tensor) -> float:
        """Take one step and return its loss."""
        for group in self.optimiser.param_groups:
            group["lr"] = self.rate()
        loss = self.model.loss(source, target, SMOOTHING)
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.step += 1
        return loss.item()

    def progress(self) -> float:
        """Return the part of the run that is done, in steps or in time, in [0, 1]."""
        if self.recipe.steps is not None:
            return min(1.0, self.step / self.recipe.steps)
        assert self.recipe.minutes is not None
        return min(1.0, self.seconds / 60 / self.recipe.minutes)

    def rate(self) -> float:
        """Return the learning rate: up in a straight line, then down along a cosine to a fiftieth."""
        part = self.progress()
        if part < WARM_UP:
            return self.recipe.rate * max(part / WARM_UP, 1e-2)
        return self.recipe.rate * (0.02 + 0.98 * (1 + math.cos(math.pi * (part - WARM_UP) / (1 - WARM_UP))) / 2)

    @torch.no_grad()
    def mean_loss(self, held: list[tuple[Tensor, Tensor]]) -> float:
        """Return the mean loss over batches, without smoothing: the negative log-likelihood of a piece."""
        self.model.eval()
        mean = sum(self.model.loss(*pair, 0.0).item() for pair in held) / len(held)
        self.model.train()
        return mean

    def state(self) -> dict[str, Any]:
        """Return all that the next call needs to go on as if nothing had happened."""
        return {
            "weights": self.model.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "seconds": self.seconds,
            "chance": torch.get_rng_state(),
        }

    def load(self, state: dict[str, Any]) -> None:
        """Take up a state."""
        self.model.load_state_dict(state["weights"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.seconds = state["step"], state["seconds"]
        torch.set_rng_state(state["chance"])


# --- using the model -------------------------------------------------------------------------------------------------


def load(out: Path) -> tuple[Transformer, SentencePieceProcessor]:
    """Return a trained model and its vocabulary.

    Raises:
        DataError: There is none.
    """
    if not (out / "model.pt").exists():
        raise DataError(f"{out}: must hold a trained model; got no model.pt in it; train one first")
    stored = torch.load(out / "model.pt")
    model = Transformer(Shape(**stored["shape"]))
    model.load_state_dict(stored["weights"])
    return model.eval(), SentencePieceProcessor(model_file=str(out / "spm.model"))


def translate(out: Path, lines: list[str], to: str, beams: int) -> list[str]:
    """Return the translation of each line; a blank line stays blank. Like lengths are translated together."""
    model, pieces = load(out)
    sources = [[model.shape.language(to), *ids[:255], EOS] for ids in pieces.encode(lines)]
    found = [""] * len(lines)
    order = sorted((i for i, line in enumerate(lines) if line.strip()), key=lambda i: len(sources[i]))
    together = max(1, SEARCHED_TOGETHER // beams)
    for first in range(0, len(order), together):
        part = order[first : first + together]
        best = beam_search(model, padded([sources[i] for i in part], model.shape.pad), beams=beams)
        for i, text in zip(part, pieces.decode(best), strict=True):
            found[i] = text
    return found


def run_translate(args: argparse.Namespace) -> int:
    """Translate standard input to standard output, line by line."""
    lines = sys.stdin.buffer.read().decode("utf-8").removesuffix("\n").split("\n")
    sys.stdout.buffer.write("".join(f"{line}\n" for line in translate(args.out, lines, args.to, args.beams)).encode())
    return 0


def run_evaluate(args: argparse.Namespace) -> int:
    """Translate both sides of a split into RUN/SPLIT.en and RUN/SPLIT.hi, and score them with `tithi mt-eval`."""
    from datasets import load_dataset

    from tithi.cli.main import main as tithi

    load(args.out)  # without a model there is no need to read the rows
    rows = load_dataset(str(args.folder), split=args.split)["translation"]
    for source, target in (("hi", "en"), ("en", "hi")):
        # A text may hold line breaks; a line of a file may not.
        lines = translate(args.out, [" ".join(row[source].split()) for row in rows], target, args.beams)
        file = args.out / f"{args.split}.{target}"
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        code = tithi(["mt-eval", str(args.folder), "--split", args.split, "--to", target, "--system", str(file)])
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
