"""All checks over pairs: `check_pair(hi, en)` tells how far a pair can be trusted, and what in it cannot.

Example: `check_pair("दस लाख लोग आए।", "Two million people came.").issues[0].kind` is `number`.
"""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import chain, islice
from typing import Final

from tithi import arguments
from tithi.checks.dismissed import IsFalse
from tithi.checks.judging import Means, judge_all
from tithi.checks.model import models
from tithi.encoder import load
from tithi.encoder.model import PieceEncoder
from tithi.encoder.protocol import Encoder
from tithi.errors import DataError, UsageError
from tithi.evidence.alike import alike_texts
from tithi.evidence.coverage import WordVectors, cover_all
from tithi.evidence.pair import Pair, read_pairs
from tithi.numerals.memo import Memo
from tithi.records import Issue, Quality, Span
from tithi.rules.acronyms import ACRONYMS
from tithi.rules.check import Check
from tithi.rules.contrasts import CONTRASTS
from tithi.rules.dates import DATES
from tithi.rules.exchanged import EXCHANGED
from tithi.rules.fluency import FLUENCY
from tithi.rules.hours import HOURS
from tithi.rules.language import LANGUAGE
from tithi.rules.names import NAMES
from tithi.rules.negation import NEGATION
from tithi.rules.numbers import NUMBERS
from tithi.rules.order import ORDER
from tithi.rules.origins import ORIGINS
from tithi.rules.phrases import PHRASES
from tithi.rules.punctuation import PUNCTUATION
from tithi.rules.qualifiers import QUALIFIERS
from tithi.rules.repetition import REPETITION
from tithi.rules.roles import ROLES
from tithi.rules.tense import TENSE
from tithi.rules.units import UNITS
from tithi.rules.untranslated import UNTRANSLATED
from tithi.rules.verbatim import VERBATIM

__all__ = ["CHECKS", "KINDS", "Checker", "check_pair", "check_pairs", "rule_issues"]

CHECKS: Final[tuple[Check, ...]] = (
    LANGUAGE, NUMBERS, EXCHANGED, QUALIFIERS, HOURS, UNITS, DATES, NAMES, ACRONYMS, NEGATION, PHRASES, CONTRASTS, ROLES,
    ORIGINS, VERBATIM, UNTRANSLATED, REPETITION, ORDER, TENSE, PUNCTUATION, FLUENCY,
)  # fmt: skip
"""Every rule, in the order in which issues are told. A new one is a module with its `Check`, and its table."""
KINDS: Final[dict[str, str]] = {kind: meaning for check in CHECKS for kind, meaning in check.kinds.items()} | {
    "omission": "a stretch of the Hindi that nothing in the English says",
    "addition": "a stretch of the English that nothing in the Hindi says",
}
"""All kinds of issues and what they mean; the last two come from vectors, not from a rule."""

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
        encoder = load() if encoder is None else encoder
        if not isinstance(encoder, PieceEncoder) or encoder.name != self._models.encoder:
            got = getattr(encoder, "name", None) or f"a {type(encoder).__name__}"
            raise UsageError(
                f"checks: quality is learnt for the encoder {self._models.encoder}; got {got}; "
                "leave the encoder out, or learn the models again"
            )
        self._encoder = encoder
        self._vectors = WordVectors(encoder)
        self._rarity = Memo(encoder.rarity)

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
        for hi, en in batch:
            _check_length(hi, en)
        read = read_pairs(batch)
        covered = cover_all(list(map(alike_texts, read)), self._vectors)
        by_rule = _rule_issues(read)
        self._rarity.learn(chain.from_iterable(map(_texts, read)), self._encoder.rarities)
        return judge_all(read, covered, by_rule, Means(self._models, self._rarity.__getitem__, is_false))


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
        for told, issues in zip(found, map(check.find, pairs), strict=True):
            told.extend(issues)
    return list(map(_told_once, found))


def _texts(pair: Pair) -> list[str]:
    """Return the words of both sides."""
    return pair.hi_words.texts + pair.en_words.texts


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


@cache
def _checker() -> Checker:
    return Checker()


def _check_length(hi: str, en: str) -> None:
    if max(len(hi), len(en)) > _LONGEST:
        raise DataError(
            f"check: a side has at most {_LONGEST} characters; got {max(len(hi), len(en))}; "
            "split the pair into sentences"
        )
