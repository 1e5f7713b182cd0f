"""Two or more systems on one reference: which differences are more than chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tithi.errors import DataError
from tithi.eval.scores import bleu_tokeniser, check_lengths, normalise
from tithi.records import Lang

__all__ = ["PairedScore", "paired_significance"]


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
