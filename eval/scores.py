"""Machine translation figures: BLEU, spBLEU, chrF++ and TER by sacrebleu, with what sacrebleu leaves to its callers.

Numbers of lines are checked, both sides are NFC-normalised, and Hindi is cut into tokens by the Indic NLP library, the
custom for Indian languages (sacrebleu's `13a` never splits the danda, its `intl` not after a digit at the end of a
line), so that `है।` and `है ।` score the same. spBLEU is BLEU over the pieces of a SentencePiece model of ours (see
`tithi.eval.pieces`). Each signature says so.

Source: https://github.com/anoopkunchukuttan/indic_nlp_library (MIT), `indic_tokenize`.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from typing import TYPE_CHECKING

from tithi.errors import DataError
from tithi.eval.pieces import Pieces, shipped_pieces
from tithi.records import Lang

if TYPE_CHECKING:
    from sacrebleu.metrics.base import Metric
    from sacrebleu.metrics.chrf import CHRF

__all__ = [
    "MTFigures",
    "MTScore",
    "SegmentScore",
    "bleu_tokeniser",
    "check_lengths",
    "group_score",
    "mt_figures",
    "norm_signature",
    "normalise",
    "segment_scores",
]

# Hindi comes in tokens already, see `normalise`; `force` keeps sacrebleu from asking for text without tokens.
_TOKENISER: dict[Lang, str] = {"hi": "none", "en": "13a"}


@dataclass(frozen=True, slots=True)
class MTScore:
    """One metric over a corpus: BLEU, spBLEU and chrF++ in [0, 100], higher better; TER from 0, lower better.

    `interval` holds the middle 95 % of the bootstrap's draws, so that it never leaves the metric's scale; None when it
    was not asked for.
    """

    name: str
    score: float
    interval: tuple[float, float] | None
    signature: str


@dataclass(frozen=True, slots=True)
class MTFigures:
    """The figures of one system output against one reference."""

    target: Lang
    lines: int
    bleu: MTScore
    spbleu: MTScore
    chrf: MTScore
    ter: MTScore

    def to_dict(self) -> dict[str, object]:
        """Return plain data for `metrics.json` and the card."""
        return asdict(self)

    def table(self) -> str:
        """Return a table to read, each score with its signature."""
        rows = [f"{self.lines} lines, target {self.target}"]
        for score in (self.bleu, self.spbleu, self.chrf, self.ter):
            low_high = f" [{score.interval[0]:.2f}, {score.interval[1]:.2f}]" if score.interval else ""
            rows.append(f"{score.name:7} {score.score:7.2f}{low_high}  {score.signature}")
        return "\n".join(rows)


@dataclass(frozen=True, slots=True)
class SegmentScore:
    """One line's scores, as of `MTScore`; its BLEU counts only the orders of n-grams that the line has."""

    bleu: float
    chrf: float
    ter: float


def mt_figures(
    system: Sequence[str],
    reference: Sequence[str],
    target: Lang,
    *,
    samples: int = 1000,
    pieces: Pieces | None = None,
) -> MTFigures:
    """Score line i of `system` against line i of `reference`, both in the language `target`.

    Args:
        system: The translations.
        reference: What people wrote.
        target: The language of both; it chooses the tokeniser.
        samples: Draws of the bootstrap for the intervals (seeded by sacrebleu); 0 leaves the intervals out.
        pieces: What spBLEU counts; by default the pieces of the encoder that comes with the package.

    Raises:
        DataError: the numbers of lines differ or are 0.
    """
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.ter import TER

    check_lengths(system, reference)
    pieces = pieces or shipped_pieces()
    words = [normalise(line, target) for line in system], [normalise(line, target) for line in reference]
    cut = pieces.cut(words[0]), pieces.cut(words[1])
    norm = norm_signature(target)
    bleu = _scored(BLEU(tokenize=_TOKENISER[target], force=True), *words, norm, samples)
    spbleu = _scored(BLEU(tokenize="none", force=True), *cut, norm, samples)
    spbleu = replace(spbleu, name="spBLEU", signature=pieces.sign(spbleu.signature))
    chrf = _scored(_chrf(), *words, norm, samples)
    ter = _scored(TER(), *words, norm, samples)
    return MTFigures(target, len(system), bleu, spbleu, chrf, ter)


def _scored(metric: "Metric", system: Sequence[str], reference: Sequence[str], norm: str, samples: int) -> MTScore:
    """Return the score of lines that were normalised as `norm` tells."""
    # sacrebleu's own interval is a mean and a half width and leaves the scale: its draws are taken instead.
    from sacrebleu.significance import _bootstrap_resample

    metric._check_corpus_score_args(system, [reference])
    statistics = metric._extract_corpus_statistics(system, [reference])
    result = metric._aggregate_and_compute(statistics)
    interval = None
    if samples > 1:
        metric.n_bootstrap = samples
        metric.seed, draws = _bootstrap_resample(statistics, metric, samples)
        interval = _middle([float(draw.score) for draw in draws])
    return MTScore(result.name, float(result.score), interval, metric.get_signature().format() + norm)


def _middle(draws: list[float]) -> tuple[float, float]:
    """Return the 2.5th and the 97.5th percentile."""
    import numpy as np

    low, high = np.quantile(draws, (0.025, 0.975))
    return float(low), float(high)


def _chrf() -> "CHRF":
    """Return chrF++ whose bootstrap can draw lines of which nothing matches.

    sacrebleu 2.6 makes their score a float and the others numpy.float32, which `statistics.mean` refuses.
    """
    from sacrebleu.metrics.chrf import CHRF, CHRFScore

    class FloatCHRF(CHRF):
        def _compute_score_from_stats(self, stats: list[int]) -> CHRFScore:
            score = super()._compute_score_from_stats(stats)
            score.score = float(score.score)
            return score

    return FloatCHRF(word_order=2)


def segment_scores(system: Sequence[str], reference: Sequence[str], target: Lang) -> list[SegmentScore]:
    """Score each line by itself.

    Raises:
        DataError: the numbers of lines differ or are 0.
    """
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    check_lengths(system, reference)
    metrics = (BLEU(tokenize=_TOKENISER[target], effective_order=True), CHRF(word_order=2), TER())
    scores = []
    for line, wanted in zip(system, reference, strict=True):
        pair = normalise(line, target), [normalise(wanted, target)]
        scores.append(SegmentScore(*(float(metric.sentence_score(*pair).score) for metric in metrics)))
    return scores


def group_score(system: Sequence[str], reference: Sequence[str], target: Lang) -> tuple[float, float]:
    """Return BLEU and chrF++ of some lines, equal to those of `mt_figures` over the same lines."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    hypotheses = [normalise(line, target) for line in system]
    references = [[normalise(line, target) for line in reference]]
    bleu = BLEU(tokenize=_TOKENISER[target], force=True).corpus_score(hypotheses, references)
    return float(bleu.score), float(CHRF(word_order=2).corpus_score(hypotheses, references).score)


def check_lengths(system: Sequence[str], reference: Sequence[str]) -> None:
    """Check that line i can be compared with line i.

    Raises:
        DataError: the numbers of lines differ or are 0.
    """
    if len(system) != len(reference):
        raise DataError(
            f"translations: one line for each reference; got {len(system)} lines for {len(reference)}; "
            "translate line by line"
        )
    if not system:
        raise DataError("translations: at least one line; got none; give the system's output")


def bleu_tokeniser(target: Lang) -> str:
    """Return the name of sacrebleu's tokeniser for a target language; Hindi is cut into tokens by `normalise`."""
    return _TOKENISER[target]


def normalise(line: str, lang: Lang) -> str:
    """Return what is scored: NFC, one line, Hindi in tokens between blanks: `1.5 किमी है।` becomes `1.5 किमी है ।`."""
    text = " ".join(unicodedata.normalize("NFC", line).split())
    if lang == "hi":
        from indicnlp.tokenize.indic_tokenize import trivial_tokenize

        text = " ".join(token for token in trivial_tokenize(text, "hi") if token)
    return text


def norm_signature(target: Lang) -> str:
    """Return what sacrebleu's signature does not say: how lines were normalised, and that they were counted."""
    norm = f"nfc,indicnlp-{version('indic-nlp-library')}" if target == "hi" else "nfc"
    return f"|norm:{norm}|lines:equal"
