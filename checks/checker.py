"""All checks over pairs: `check_pair(hi, en)` tells how far a pair can be trusted, and what in it cannot.

Example: `check_pair("दस लाख लोग आए।", "Two million people came.").issues[0].kind` is `number`.
"""

import gc
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import Final

from tithi import arguments
from tithi.checks.confidence import Evidence, graded
from tithi.checks.dismissed import IsFalse
from tithi.checks.features import pair_features
from tithi.checks.model import EVEN, models, stretch_odds
from tithi.encoder import load
from tithi.encoder.protocol import Encoder, SumEncoder
from tithi.errors import DataError, UsageError
from tithi.evidence.coverage import Coverage, SideCoverage, WordVectors, cover_all
from tithi.evidence.gaps import Gap, Gaps, find_gaps
from tithi.evidence.pair import Pair, read_pair
from tithi.records import Issue, Quality, Span
from tithi.rules.check import Check
from tithi.rules.contrasts import CONTRASTS
from tithi.rules.dates import DATES
from tithi.rules.fluency import FLUENCY, FLUENT, reads_well
from tithi.rules.hours import HOURS
from tithi.rules.language import LANGUAGE
from tithi.rules.names import NAMES
from tithi.rules.negation import NEGATION
from tithi.rules.numbers import NUMBERS
from tithi.rules.order import ORDER
from tithi.rules.phrases import PHRASES
from tithi.rules.punctuation import PUNCTUATION
from tithi.rules.qualifiers import QUALIFIERS
from tithi.rules.repetition import REPETITION
from tithi.rules.roles import ROLES
from tithi.rules.tense import TENSE
from tithi.rules.units import UNITS
from tithi.rules.untranslated import UNTRANSLATED
from tithi.rules.verbatim import VERBATIM

__all__ = ["CHECKS", "KINDS", "Checker", "check_pair", "check_pairs", "rule_issues", "stretch_issues"]

CHECKS: Final[tuple[Check, ...]] = (
    LANGUAGE, NUMBERS, QUALIFIERS, HOURS, UNITS, DATES, NAMES, NEGATION, PHRASES, CONTRASTS, ROLES, VERBATIM,
    UNTRANSLATED, REPETITION, ORDER, TENSE, PUNCTUATION, FLUENCY,
)  # fmt: skip
"""Every rule, in the order in which issues are told. A new one is a module with its `Check`, and its table."""
KINDS: Final[dict[str, str]] = {kind: meaning for check in CHECKS for kind, meaning in check.kinds.items()} | {
    "omission": "a stretch of the Hindi that nothing in the English says",
    "addition": "a stretch of the English that nothing in the Hindi says",
}
"""All kinds of issues and what they mean; the last two come from vectors, not from a rule."""

_UNLIKE: Final = 0.05
"""Below this probability of being faithful two sides have hardly anything to do with each other."""
_LONGEST = 20_000
_BATCH = 128


class Checker:
    """The checks with their encoder and the vectors of the words met so far; keep one for many pairs."""

    def __init__(self, encoder: Encoder | None = None) -> None:
        """Use `encoder`, the shipped one; it is loaded when none is given.

        Raises:
            UsageError: it is another one, whose vectors the models do not know.
        """
        self._models = models()
        encoder = encoder or load()
        if not isinstance(encoder, SumEncoder) or encoder.name != self._models.encoder:
            raise UsageError(
                f"checks: quality is learnt for the encoder {self._models.encoder}; got {encoder.name}; "
                "leave the encoder out, or learn the models again"
            )
        self._vectors = WordVectors(encoder)

    def check(self, hi: str, en: str) -> Quality:
        """Return the quality of one pair; see `check_pair`."""
        return next(self.check_all([(hi, en)]))

    def check_all(self, pairs: Iterable[tuple[str, str]], is_false: IsFalse | None = None) -> Iterator[Quality]:
        """Yield the quality of each pair in order; words are encoded in batches, so that this is the fast way.

        Issues that people dismissed (`is_false`, see `dismissed`) are not told, and the quality is as without them.

        Raises:
            DataError: a text has more than 20,000 characters.
        """
        remaining = iter(pairs)
        while batch := list(islice(remaining, _BATCH)):
            with _uncollected():
                checked = self._check_batch(batch, is_false)
            yield from checked

    def _check_batch(self, batch: list[tuple[str, str]], is_false: IsFalse | None) -> list[Quality]:
        """Check pairs stage by stage: the code and the tables of one stage stay at hand, which takes a fifth less."""
        read = [_read(hi, en) for hi, en in batch]
        covered = cover_all([(pair.hi_words.texts, pair.en_words.texts) for pair in read], self._vectors)
        by_rule = _rule_issues(read)
        found = [_standing(pair, issues, is_false) for pair, issues in zip(read, by_rule, strict=True)]
        lacking = [
            None if coverage is None else (coverage, find_gaps(pair, coverage, self._models.words))
            for pair, coverage in zip(read, covered, strict=True)
        ]
        return [
            _one_sided(pair, issues)
            if seen is None
            else self._judge(pair, issues, seen, is_false, dismissed=len(issues) < len(told))
            for pair, told, issues, seen in zip(read, by_rule, found, lacking, strict=True)
        ]

    def _judge(
        self, pair: Pair, issues: list[Issue], seen: tuple[Coverage, Gaps], is_false: IsFalse | None, *, dismissed: bool
    ) -> Quality:
        coverage, gaps = seen
        evidence = Evidence(coverage, gaps, stretch_odds(pair, coverage, gaps, self._models.stretch))
        stretch = _standing(pair, stretch_issues(pair, evidence, self._models.threshold), is_false)
        issues = graded(pair, [*issues, *stretch], evidence, self._models.confidence)
        features = pair_features(pair, coverage, gaps, evidence.odds, issues)
        faithful = self._models.faithful(features)
        if faithful < EVEN and all(issue.severity == "hint" for issue in issues):
            # What a dismissed issue explained is no reason to think ill of a pair, unless hardly anything joins it.
            is_told = faithful < _UNLIKE or not dismissed
            told = _standing(pair, self._explained(pair, evidence, faithful), is_false) if is_told else []
            issues += told
            faithful = faithful if told else EVEN
        adequacy, fluency = self._models.adequacy(faithful, features, coverage.sums), reads_well(pair, issues)
        # Whatever is learnt, an error is an error: it leaves to the pair what doubt there is of it.
        sure = max((issue.confidence for issue in issues if issue.severity == "error"), default=0.0)
        quality = min(adequacy, 1 - sure) if sure else adequacy
        return Quality(min(quality, fluency) if fluency < FLUENT else quality, tuple(issues), adequacy, fluency)

    def _explained(self, pair: Pair, evidence: Evidence, faithful: float) -> list[Issue]:
        """Return what explains a low quality that no issue does: the likeliest stretch, if it is more than a hint.

        Of sides that hardly anything joins, the vectors are as sure as they are that the pair is not faithful.
        """
        likeliest = stretch_issues(pair, evidence, -math.inf)
        if faithful < _UNLIKE:
            return [replace(issue, confidence=round(1 - faithful, 4)) for issue in likeliest]
        told = graded(pair, likeliest, evidence, self._models.confidence)
        return [issue for issue in told if issue.severity != "hint"]


def check_pair(hi: str, en: str) -> Quality:
    """Return how far a pair can be trusted, from 0 to 1, and its issues, spans in the pair's own texts.

    `KINDS` are the kinds of issues. Each has its `confidence`, the probability that it is a true fault, and a severity
    that follows from it: `error`, `doubt`, `hint`. An error brings the quality below .5. Quality is None where neither
    side has a word.

    Raises:
        DataError: a text has more than 20,000 characters.
        UsageError: a side is no text, is a path, or the sides are exchanged.
    """
    hi, en = arguments.text(hi, "check_pair: the Hindi side"), arguments.text(en, "check_pair: the English side")
    arguments.sides(hi, en, "check_pair")
    return _checker().check(hi, en)


def check_pairs(pairs: Iterable[tuple[str, str]], encoder: Encoder | None = None) -> Iterator[Quality]:
    """Yield what `check_pair` returns for each `(hi, en)`, in batches and faster.

    Raises:
        DataError: a text has more than 20,000 characters.
        UsageError: the encoder is not the shipped one, or a pair is no two texts (Hindi first).
    """
    checked = arguments.pairs(pairs, "check_pairs")
    return (_checker() if encoder is None else Checker(encoder)).check_all(checked)


def rule_issues(pair: Pair) -> list[Issue]:
    """Return the issues found by rules alone, without vectors."""
    return _rule_issues([pair])[0]


def _rule_issues(pairs: Sequence[Pair]) -> list[list[Issue]]:
    """Return the issues of each pair, one rule after the other, so that its code and tables stay at hand."""
    found: list[list[Issue]] = [[] for _ in pairs]
    for check in CHECKS:
        for told, pair in zip(found, pairs, strict=True):
            told.extend(check.find(pair))
    return list(map(_told_once, found))


def _told_once(issues: list[Issue]) -> list[Issue]:
    if not issues:
        return issues
    found: dict[tuple[Span | None, Span | None], Issue] = {}
    alone: list[Issue] = []
    for issue in issues:
        # Two tables may know one contradiction: it is told once.
        if issue.hi and issue.en:
            found.setdefault((issue.hi, issue.en), issue)
        else:
            alone.append(issue)
    return [*found.values(), *alone]


def stretch_issues(pair: Pair, evidence: Evidence, at: float) -> list[Issue]:
    """Return the stretch of a side that the other lacks, when its log-odds reach `at`."""
    coverage, gaps, (omission, addition) = evidence
    if omission >= max(addition, at):
        start, stop = pair.hi_words.between(*_stretch(coverage.hi, gaps.hi))
        return [Issue("omission", "error", (start, stop), None, f"not in the English: {pair.hi[start:stop]}")]
    if addition >= max(omission, at):
        start, stop = pair.en_words.between(*_stretch(coverage.en, gaps.en))
        return [Issue("addition", "error", None, (start, stop), f"not in the Hindi: {pair.en[start:stop]}")]
    return []


def _stretch(side: SideCoverage, gap: Gap) -> tuple[int, int]:
    """Return which words of a side lack a counterpart: by their links, or by the sums of vectors."""
    return (gap.first, gap.stop) if gap.first < gap.stop else side.stretch


@contextmanager
def _uncollected() -> Iterator[None]:
    """Put off the search for cycles of garbage: a batch makes many small lists and no cycle, and it takes a third.

    What a batch made must be gone when this ends, or all of it is searched then.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _standing(pair: Pair, issues: list[Issue], is_false: IsFalse | None) -> list[Issue]:
    return issues if is_false is None else [issue for issue in issues if not is_false(pair.hi, pair.en, issue)]


@cache
def _checker() -> Checker:
    return Checker()


def _read(hi: str, en: str) -> Pair:
    if max(len(hi), len(en)) > _LONGEST:
        raise DataError(
            f"check: a side has at most {_LONGEST} characters; got {max(len(hi), len(en))}; "
            "split the pair into sentences"
        )
    return read_pair(hi, en)


def _one_sided(pair: Pair, issues: list[Issue]) -> Quality:
    """Judge a pair without a word on one side: nothing is translated. Without a word on both there is no quality."""
    if len(pair.hi_words):
        issues.append(Issue("omission", "error", (0, len(pair.hi)), None, "the English has no words"))
    elif len(pair.en_words):
        issues.append(Issue("addition", "error", None, (0, len(pair.en)), "the Hindi has no words"))
    else:
        return Quality(None, tuple(issues))
    return Quality(0.0, tuple(issues), 0.0)
