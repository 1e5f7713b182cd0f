"""Training: pairs in, a model file out. It needs torch (extra `train`); a CPU is enough.

A run keeps its vocabulary and, after every epoch, its state in a folder beside the target, and goes on from there when
it is started again with the same data and recipe. One seed and one data list give one model on one machine.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tithi.encoder.bags import Bags
from tithi.encoder.epochs import Report, Task, learn
from tithi.encoder.merge import merge_tables
from tithi.encoder.model import PieceEncoder, read_model, save_model
from tithi.encoder.normalise import Normaliser
from tithi.encoder.pairs import Pairs, gather, held_out_keys, keys, split_dev
from tithi.encoder.protocol import Encoder, FloatArray
from tithi.encoder.quality import retrieval
from tithi.encoder.recipe import Recipe
from tithi.encoder.vocabulary import learn_pieces, read_words, word_counts
from tithi.errors import DataError, MissingExtraError

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor


__all__ = ["Extras", "chain_sides", "train_encoder"]

_SIF = 1e-3
_SAMPLE = 20_000


def _silent(line: str) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class Extras:
    """What a run may use besides pairs.

    `words` are `word<TAB>share` lists that widen the vocabulary. The lines of `held_out` (one text each, or several
    with tabs between) are kept out of training. `teacher` gives the pieces their first vectors.
    """

    words: tuple[Path, ...] = ()
    held_out: tuple[Path, ...] = ()
    teacher: Encoder | None = None


def train_encoder(
    paths: Sequence[Path],
    target: Path,
    *,
    recipe: Recipe,
    extras: Extras = Extras(),
    report: Report = _silent,
) -> PieceEncoder:
    """Train an encoder on `hi<TAB>en` files, write it to `target` and return it.

    `report` receives lines of progress with the mean loss and the retrieval on the recipe's dev pairs. Memory is about
    3 kB a pair.

    Raises:
        DataError: The files hold no usable pairs.
        MissingExtraError: torch is not installed.
    """
    try:
        from tithi.encoder.contrast import Learner
    except ModuleNotFoundError as error:
        raise MissingExtraError("training an encoder", "train") from error
    normaliser = Normaliser()
    dev = split_dev(paths, recipe, normaliser)
    banned = held_out_keys(_lines(extras.held_out), normaliser) | {
        normaliser([text])[0] for pair in dev for text in pair
    }
    pairs = gather(paths, recipe.weights, normaliser, banned)
    report(f"{len(pairs.hi)} pairs, {len(dev)} dev pairs, {len(banned)} texts held out")
    work = _work_folder(target, recipe, pairs, extras)
    spm = _vocabulary(work, pairs, extras.words, recipe)
    task = _task(spm, pairs)
    tables = []
    for seed in range(recipe.seed, recipe.seed + recipe.runs):
        one = replace(recipe, seed=seed, dim=recipe.width or recipe.dim)
        learner = Learner(_first_table(_processor(spm), task, one, extras.teacher), one)
        learn(learner, task, work / f"seed-{seed}.state", report, lambda table: _dev_line(spm, table, dev))
        tables.append(learner.numpy())
    kept = len(tables) == 1 and tables[0].shape[1] == recipe.dim
    table = tables[0] if kept else merge_tables(tables, _sample(task, recipe), recipe.dim)
    report(f"model {_dev_line(spm, table, dev)}")
    teacher = extras.teacher.name if extras.teacher else None
    details = recipe.to_row() | {"sources": pairs.counts, "teacher": teacher}
    save_model(target, spm, table, name=recipe.name, recipe=details)
    shutil.rmtree(work)
    return read_model(target)


def _lines(paths: Sequence[Path]) -> Iterator[str]:
    """Yield the texts of files, one a line or several with tabs between."""
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(f"{path}: a held-out file must be readable UTF-8; got {error}; check the path") from error
        for line in lines:
            yield from line.split("\t")


def _work_folder(target: Path, recipe: Recipe, pairs: Pairs, extras: Extras) -> Path:
    """Return the folder of this very run: another recipe or other data get another one."""
    digest = hashlib.sha256(json.dumps(recipe.to_row(), sort_keys=True).encode())
    digest.update("\n".join(chain_sides(pairs)).encode("utf-8", "replace"))
    digest.update(pairs.weights.tobytes())
    for path in extras.words:
        digest.update(path.read_bytes())
    digest.update((extras.teacher.name if extras.teacher else "").encode())
    folder = target.with_name(f"{target.name}.{digest.hexdigest()[:12]}.work")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def chain_sides(pairs: Pairs) -> Iterator[str]:
    """Yield each pair on one line."""
    return (f"{hi}\t{en}" for hi, en in zip(pairs.hi, pairs.en, strict=True))


def _vocabulary(work: Path, pairs: Pairs, words: Sequence[Path], recipe: Recipe) -> bytes:
    """Return the SentencePiece model of this run, learning it the first time."""
    path = work / "pieces.model"
    if not path.exists():
        path.with_suffix(".part").write_bytes(learn_pieces(word_counts(pairs, read_words(words)), recipe.pieces))
        path.with_suffix(".part").replace(path)
    return path.read_bytes()


def _processor(spm: bytes) -> "SentencePieceProcessor":
    from sentencepiece import SentencePieceProcessor

    return SentencePieceProcessor(model_proto=spm)


def _task(spm: bytes, pairs: Pairs) -> Task:
    """Return the pairs as pieces."""
    hi, en = (Bags.of(_processor(spm).encode(list(side), out_type=int)) for side in (pairs.hi, pairs.en))
    return Task(hi, en, pairs.weights, keys(pairs.hi), keys(pairs.en))


def _first_table(
    processor: "SentencePieceProcessor", task: Task, recipe: Recipe, teacher: Encoder | None
) -> FloatArray:
    """Return first vectors (pieces, d): random or the teacher's main components, common pieces short.

    Source: the weight a / (a + p) of a piece with share p is that of Arora et al. 2017 (SIF).
    """
    pieces = processor.get_piece_size()
    counts = np.zeros(pieces)
    for side in (task.hi, task.en):
        counts += np.bincount(side.ids, np.repeat(task.weights, side.sizes), pieces)
    rng = np.random.default_rng([recipe.seed, 0])
    table = rng.normal(size=(len(counts), recipe.dim)) / np.sqrt(recipe.dim)
    if teacher is not None:
        texts = [processor.id_to_piece(index).replace("\u2581", " ").strip() or "." for index in range(len(counts))]
        seen = teacher.encode(texts, "hi").astype(np.float64)
        seen -= seen.mean(axis=0)
        frequent = np.argsort(-counts)[: len(counts) // 2]
        axes = np.linalg.svd(seen[frequent], full_matrices=False)[2][: recipe.dim]
        taught = seen @ axes.T
        taught /= np.maximum(np.linalg.norm(taught, axis=1, keepdims=True), 1e-6)
        table *= 0.3
        table[:, : len(axes)] += taught
    weight = _SIF / (_SIF + counts / counts.sum())
    first: FloatArray = (table * weight[:, None]).astype(np.float32)
    return first


def _sample(task: Task, recipe: Recipe) -> Bags:
    """Return some tens of thousands of texts of both sides, drawn by weight."""
    rng = np.random.default_rng([recipe.seed, _SAMPLE])
    rows = rng.choice(len(task.weights), _SAMPLE, p=task.weights / task.weights.sum())
    return Bags.chain(task.hi.take(rows), task.en.take(rows))


def _dev_line(spm: bytes, table: FloatArray, dev: Sequence[tuple[str, str]]) -> str:
    """Return the retrieval of the dev pairs as text."""
    if not dev:
        return "dev none"
    encoder = PieceEncoder(_processor(spm), table, {})
    hi, en = encoder.encode([pair[0] for pair in dev], "hi"), encoder.encode([pair[1] for pair in dev], "en")
    found = retrieval(hi, en)
    return f"dev retrieval hi-en {100 * found[0]:.2f} en-hi {100 * found[1]:.2f} of {len(dev)}"
