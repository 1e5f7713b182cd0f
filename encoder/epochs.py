"""The epochs of a training: what pairs each batch has, and the state that is kept after each epoch."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from tithi.encoder.bags import Bags
from tithi.encoder.model import unit_rows
from tithi.encoder.protocol import FloatArray
from tithi.encoder.recipe import Recipe
from tithi.encoder.sums import sum_rows

if TYPE_CHECKING:
    from tithi.encoder.contrast import Learner

__all__ = ["Report", "Task", "learn"]

_WARM_UP = 100
_JOINED = 512
_PART = 8192

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Task:
    """What an epoch needs: both sides' pieces, the weights and, for masking, a number for every distinct text."""

    hi: Bags
    en: Bags
    weights: NDArray[np.float64]
    hi_keys: NDArray[np.int64]
    en_keys: NDArray[np.int64]


def _likely(table: FloatArray, task: Task, recipe: Recipe) -> NDArray[np.bool_]:
    """Return which pairs are likely translations, `(n,)`: all but the share `recipe.doubt` with the lowest cosine."""
    cosines = np.empty(len(task.weights), np.float32)
    for first in range(0, len(cosines), _PART):
        rows = np.arange(first, min(first + _PART, len(cosines)))
        hi, en = (unit_rows(sum_rows(table, side.take(rows))) for side in (task.hi, task.en))
        cosines[rows] = np.einsum("ij,ij->i", hi, en)
    likely: NDArray[np.bool_] = cosines >= np.quantile(cosines, recipe.doubt)
    return likely


def _plan(task: Task, weights: NDArray[np.float64], batch: int, rng: Generator) -> list[NDArray[np.int64]]:
    """Return the batches of one epoch: pairs as often as their weight says, those of like length together.

    Like lengths make harder negatives and steadier batches.
    """
    times = np.floor(weights + rng.random(len(weights))).astype(np.int64)
    rows = np.repeat(np.arange(len(times)), times)
    rng.shuffle(rows)
    near = np.log(task.en.sizes[rows] + 3) + rng.normal(0, 0.25, len(rows))
    rows = rows[np.argsort(near, kind="stable")]
    batches = [rows[first : first + batch] for first in range(0, len(rows), batch)]
    return [batches[index] for index in rng.permutation(len(batches)) if len(batches[index]) > 1]


def learn(learner: "Learner", task: Task, state: Path, report: Report, measure: Callable[[FloatArray], str]) -> None:
    """Run the epochs that are still to run; after each keep the state and report what `measure` says of the vectors."""
    from tithi.encoder.contrast import equal_pairs

    recipe = learner.recipe
    steps = max(1, int(task.weights.sum() * recipe.epochs / recipe.batch))
    done, step = _resume(learner, state)
    if done:
        report(f"going on after epoch {done}")
    for epoch in range(done, recipe.epochs):
        rng, losses = np.random.default_rng([recipe.seed, epoch + 1]), []
        weights = task.weights if epoch < recipe.epochs // 2 else task.weights * _likely(learner.numpy(), task, recipe)
        for rows in _plan(task, weights, recipe.batch, rng):
            hi, en = (side.take(rows).drop(recipe.dropout, rng) for side in (task.hi, task.en))
            equal = equal_pairs(task.hi_keys[rows], task.en_keys[rows])
            joined = rng.permutation(len(rows))[: 2 * min(_JOINED, len(rows) // 2)].reshape(2, -1)
            rate = recipe.rate * min(1.0, (step + 1) / _WARM_UP) * max(0.003, 1 - step / steps)
            losses.append(learner.step(hi, en, equal, joined, rate))
            step += 1
            if step % 100 == 0:
                report(f"epoch {epoch + 1}/{recipe.epochs} step {step}/{steps} loss {np.mean(losses[-100:]):.3f}")
        _keep(learner, state, epoch + 1, step)
        report(f"epoch {epoch + 1}/{recipe.epochs} loss {np.mean(losses):.3f} {measure(learner.numpy())}")


def _keep(learner: "Learner", path: Path, done: int, step: int) -> None:
    """Write the state so that a stop at any moment leaves a whole one behind."""
    import torch

    part = path.with_suffix(".part")
    torch.save(learner.state() | {"done": done, "step": step}, part)
    part.replace(path)


def _resume(learner: "Learner", path: Path) -> tuple[int, int]:
    """Return the epochs and steps that are done, their state restored."""
    import torch

    if not path.exists():
        return 0, 0
    state: dict[str, Any] = torch.load(path, weights_only=True)
    learner.restore(state)
    return int(state["done"]), int(state["step"])
