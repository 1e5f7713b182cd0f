"""All checks over pairs: `check_pair(hi, en)` tells how far a pair can be trusted, and what in it cannot.

Example: `check_pair("दस लाख लोग आए।", "Two million people came.").issues[0].kind` is `number`.
"""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import islice

from tithi.checks.contrasts import check_contrasts
from tithi.checks.coverage import Coverage, WordVectors, cover_all
from tithi.checks.dates import check_dates
from tithi.checks.fluency import check_fluency
from tithi.checks.modality import check_modality
from tithi.checks.model import models, pair_features, stretch_odds
from tithi.checks.names import check_names
from tithi.checks.negation import check_negation
from tithi.checks.numbers import check_numbers
from tithi.checks.pair import Pair, read_pair
from tithi.checks.punctuation import check_punctuation
from tithi.checks.units import check_units
from tithi.checks.untranslated import check_untranslated
from tithi.encoder.protocol import SumEncoder
from tithi.errors import DataError
from tithi.records import Issue, Quality

__all__ = ["Checker", "check_pair", "check_pairs", "rule_issues"]

_LONGEST = 20_000
_BATCH = 128


class Checker:
    """The checks with their encoder and the vectors of the words met so far; keep one for many pairs."""

    def __init__(self, encoder: SumEncoder | None = None) -> None:
        """Use `encoder`, whose word vectors must add up, or the shipped one. Models fit the shipped encoder."""
        self._vectors = WordVectors(encoder or _shipped())
        self._models = models()

    def check(self, hi: str, en: str) -> Quality:
        """Return the quality of one pair; see `check_pair`."""
        return next(self.check_all([(hi, en)]))

    def check_all(self, pairs: Iterable[tuple[str, str]]) -> Iterator[Quality]:
        """Yield the quality of each pair in order; words are encoded in batches, so that this is the fast way.

        Raises:
            DataError: a text has more than 20,000 characters.
        """
        remaining = iter(pairs)
        while batch := list(islice(remaining, _BATCH)):
            with _uncollected():
                checked = self._check_batch(batch)
            yield from checked

    def _check_batch(self, batch: list[tuple[str, str]]) -> list[Quality]:
        read = [_read(hi, en) for hi, en in batch]
        covered = cover_all([(pair.hi_words.texts, pair.en_words.texts) for pair in read], self._vectors)
        return list(map(self._judge, read, covered))

    def _judge(self, pair: Pair, coverage: Coverage | None) -> Quality:
        issues = rule_issues(pair)
        if coverage is None:
            return _one_sided(pair, issues)
        omission, addition = odds = stretch_odds(pair, coverage, self._models.stretch)
        quality = self._models.quality(pair_features(pair, coverage, odds, issues))
        if omission >= max(addition, self._models.threshold):
            start, stop = pair.hi_words.between(*coverage.hi.stretch)
            issues.append(Issue("omission", "error", (start, stop), None, f"not in the English: {pair.hi[start:stop]}"))
        elif addition >= self._models.threshold:
            start, stop = pair.en_words.between(*coverage.en.stretch)
            issues.append(Issue("addition", "error", None, (start, stop), f"not in the Hindi: {pair.en[start:stop]}"))
        return Quality(quality, tuple(issues))


def check_pair(hi: str, en: str) -> Quality:
    """Return the probability that a pair is a faithful translation, and its issues, spans in the pair's own texts.

    Kinds: `number`, `date`, `unit`, `name`, `negation`, `contrast` (an opposite or rival word), `omission` (the English
    lacks something), `addition` (the Hindi lacks something), `untranslated`, `modality`, `punctuation`, `fluency`.
    Severities: `error`, `hint`.

    Raises:
        DataError: a text has more than 20,000 characters.
    """
    return _checker().check(hi, en)


def check_pairs(pairs: Iterable[tuple[str, str]], encoder: SumEncoder | None = None) -> Iterator[Quality]:
    """Yield what `check_pair` returns for each `(hi, en)`, in batches and faster."""
    return (_checker() if encoder is None else Checker(encoder)).check_all(pairs)


def rule_issues(pair: Pair) -> list[Issue]:
    """Return the issues found by rules alone, without vectors."""
    return [
        *check_numbers(pair),
        *check_units(pair),
        *check_dates(pair),
        *check_names(pair),
        *check_negation(pair),
        *check_contrasts(pair),
        *check_untranslated(pair),
        *check_modality(pair),
        *check_punctuation(pair),
        *check_fluency(pair),
    ]


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


def _shipped() -> SumEncoder:
    from tithi.encoder import load

    encoder = load()
    if not isinstance(encoder, SumEncoder):
        raise DataError(
            f"encoder {encoder.name}: the checks need word vectors that add up; got none; use the shipped one"
        )
    return encoder


def _read(hi: str, en: str) -> Pair:
    if max(len(hi), len(en)) > _LONGEST:
        raise DataError(
            f"check: a side has at most {_LONGEST} characters; got {max(len(hi), len(en))}; "
            "split the pair into sentences"
        )
    return read_pair(hi, en)


def _one_sided(pair: Pair, issues: list[Issue]) -> Quality:
    """Judge a pair without a word on one side: nothing is translated, and only two empty sides agree."""
    if len(pair.hi_words):
        issues.append(Issue("omission", "error", (0, len(pair.hi)), None, "the English has no words"))
    elif len(pair.en_words):
        issues.append(Issue("addition", "error", None, (0, len(pair.en)), "the Hindi has no words"))
    return Quality(0.0, tuple(issues))
