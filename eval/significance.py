"""What is more than chance: the interval of a mean over lines, and the differences between systems."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tithi.errors import DataError
from tithi.eval.scores import bleu_tokeniser, check_lengths, normalise
from tithi.records import Lang

__all__ = ["Mean", "PairedScore", "mean_score", "paired_significance"]

_SEED = 12345
"""As sacrebleu's, so that all draws of a report are the same again."""


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of a score over lines; `interval` holds the middle 95 % of the bootstrap's draws, None unasked."""

    score: float
    interval: tuple[float, float] | None

    def __str__(self) -> str:
        told = f"{self.score:7.4f}"
        return told if self.interval is None else f"{told} [{self.interval[0]:.4f}, {self.interval[1]:.4f}]"


def mean_score(lines: Sequence[float], *, samples: int) -> Mean:
    """Return the mean of one score a line, at least one, and its interval by `samples` draws, none below two."""
    import numpy as np

    values = np.array(lines, np.float64)
    if samples < 2:
        return Mean(float(values.mean()), None)
    random = np.random.default_rng(_SEED)
    draws = [values[random.integers(0, len(values), len(values))].mean() for _ in range(samples)]
    low, high = np.quantile(draws, (0.025, 0.975))
    return Mean(float(values.mean()), (float(low), float(high)))


@dataclass(frozen=True, slots=True)
class PairedScore:
    """A system's score by one metric; `p_value` is that of its difference from the baseline, None for the baseline."""

    system: str
    metric: str
    score: float
    p_value: float | None


def paired_significance(
    systems: Mapping[str, Sequence[str]], reference: Sequence[str], target: Lang, *, samples: int = 1000
) -> list[PairedScore]:
    """Compare systems with the first one, the baseline, by paired bootstrap (Koehn 2004, W04-3250).

    Returns:
        BLEU and chrF++ (by sacrebleu's name `chrF2++`) of each system, systems in their order.

    Raises:
        DataError: fewer than two systems, or one has another number of lines than the reference.
    """
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.significance import PairedTest, Result

    if len(systems) < 2:
        raise DataError(f"compare: at least two systems; got {len(systems)}; name another")
    for lines in systems.values():
        check_lengths(lines, reference)
    named: list[tuple[str, Sequence[str]]] = [
        (name, [normalise(line, target) for line in lines]) for name, lines in systems.items()
    ]
    references = [[normalise(line, target) for line in reference]]
    bleu, chrf = (
        BLEU(tokenize=bleu_tokeniser(target), force=True, references=references),
        CHRF(word_order=2, references=references),
    )
    _, results = PairedTest(named, {"BLEU": bleu, "chrF++": chrf}, None, test_type="bs", n_samples=samples)()
    scores = []
    for metric, column in results.items():
        for (name, lines), result in zip(named, column, strict=True):
            if isinstance(result, Result):
                p_value = None if result.p_value is None else float(result.p_value)
                if p_value is not None and lines == named[0][1]:
                    p_value = 1.0  # sacrebleu 2.6 gives two equal outputs its smallest p-value
                scores.append(PairedScore(name, metric, float(result.score), p_value))
    return scores
