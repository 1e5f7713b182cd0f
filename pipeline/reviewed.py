"""What people decided on a dataset, obeyed when it is built again into the same folder."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from tithi.checks.checker import Checker
from tithi.pipeline.checked import Checked, check
from tithi.records import Alignment
from tithi.review.apply import apply
from tithi.review.decisions import Decision
from tithi.review.store import FILE, Store

__all__ = ["Decided", "Obeyed", "check_reviewed", "decided"]

_LOGGER: Final = logging.getLogger(__name__)
_MOST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Decided:
    """The file of decisions on a dataset as it was at its change `rev`, and how many stand."""

    path: str
    rev: int
    count: int


class Obeyed:
    """How many decisions were obeyed, and which no longer fit, added up over article pairs."""

    def __init__(self) -> None:
        self.fits = 0
        self.unfit: list[str] = []

    def add(self, result: Checked) -> None:
        """Add what became of the decisions on an article pair."""
        self.fits += result.obeyed
        self.unfit += [f"{result.alignment.id}: {why}" for why in result.unfit]

    def metrics(self) -> dict[str, object]:
        """Return figures for `metrics.json`, and tell of decisions that no longer fit."""
        if self.unfit:
            _LOGGER.warning(
                "%d decisions no longer fit, see metrics.json; the first: %s", len(self.unfit), self.unfit[0]
            )
        return {"obeyed": self.fits, "unfit": len(self.unfit), "listed": self.unfit[:_MOST]}


def decided(out: str | Path) -> Decided | None:
    """Return the decisions on the dataset at `out`, None when there are none.

    Raises:
        DataError: Their file is damaged.
    """
    path = Path(out) / FILE
    if not path.is_file():
        return None
    with Store(path) as store:
        count = sum(1 for _ in store.decisions())
        return Decided(str(path.resolve()), store.rev(), count) if count else None


def check_reviewed(
    alignment: Alignment, decisions: Decided | None, checker: Checker, *, min_score: float, min_quality: float
) -> Checked:
    """Check every pair after its decisions were obeyed; pairs that people confirmed stand whatever they score."""
    if decisions is None:
        return check(alignment.above(min_score), checker, min_quality)
    by_article, texts = _read(decisions)
    applied = apply(alignment, by_article.get(alignment.id, ()), texts)
    result = check(applied.alignment.above(min_score), checker, 0.0)
    both = list(zip(result.alignment.pairs(), result.quality, strict=True))
    judged = tuple(applied.judged(bead, quality) for bead, quality in both)
    bad = {
        bead
        for bead, quality in both
        if quality.quality is not None and quality.quality < min_quality and bead not in applied.confirmed
    }
    kept = Checked(result.alignment, judged).without(bad.__contains__, f"quality below {min_quality:g}")
    return replace(kept, obeyed=applied.fits, unfit=applied.unfit)


@lru_cache(maxsize=1)
def _read(decisions: Decided) -> tuple[dict[str, list[Decision]], dict[str, tuple[str, str]]]:
    """Return the decisions by article and the texts by digest, once a process."""
    by_article: dict[str, list[Decision]] = defaultdict(list)
    texts: dict[str, tuple[str, str]] = {}
    with Store(decisions.path) as store:
        for decision in store.decisions():
            by_article[decision.article].append(decision)
        for digest in _digests(by_article.values()):
            if (text := store.text(digest)) is not None:
                texts[digest] = text
    return dict(by_article), texts


def _digests(groups: Iterable[list[Decision]]) -> set[str]:
    return {decision.digest for group in groups for decision in group}
