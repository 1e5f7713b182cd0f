"""What people decided on a dataset, obeyed when it is built again into the same folder."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from tithi.checks.checker import Checker
from tithi.checks.dismissed import Dismissal, Dismissed, domains_of
from tithi.pipeline.checked import Ahead, Checked, Least, check
from tithi.records import Alignment, Bead, Span
from tithi.review.apply import apply, with_missed
from tithi.review.decisions import Decision
from tithi.review.dismissals import EVERYWHERE, of_pair, wide
from tithi.review.library import text_digest
from tithi.review.pairwise import Pairwise
from tithi.review.store import FILE, Store

__all__ = ["Decided", "Obeyed", "check_reviewed", "decided", "decisions_on", "decisions_within"]

_LOGGER: Final = logging.getLogger(__name__)
_MOST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Decided:
    """The file of decisions on a dataset as it was at its change `rev`, and how many stand."""

    path: str
    rev: int
    count: int


@dataclass(frozen=True, slots=True)
class _Read:
    """The decisions that stand: by article, by the pair they speak of, on the whole dataset; the texts by digest."""

    by_article: dict[str, list[Decision]]
    pairwise: Pairwise
    wide: list[Dismissal]
    texts: dict[str, tuple[str, str]]


class Obeyed:
    """How many decisions were obeyed, and which no longer fit, added up over article pairs."""

    def __init__(self, decisions: Decided | None = None) -> None:
        self._decisions = decisions
        self._met: set[int] = set()
        self.unfit: list[str] = []

    def add(self, article: str, met: Iterable[int], unfit: Iterable[str]) -> None:
        """Add the numbers of the decisions on an article pair, and of each that no longer fits why."""
        self._met.update(met)
        self.unfit += [f"{article}: {why}" for why in unfit]

    def metrics(self) -> dict[str, object]:
        """Return figures for `metrics.json`, and tell of decisions that no longer fit."""
        obeyed = len(self._met) - len(self.unfit)
        if self._decisions is not None:
            read = _read(self._decisions)
            obeyed += len(read.by_article.get(EVERYWHERE, ()))
            for article, decisions in read.by_article.items():
                lost = [one for one in decisions if one.seq not in self._met and article != EVERYWHERE]
                self.unfit += [f"{article}: {one.kind}: its text is in no article of this build" for one in lost]
        if self.unfit:
            _LOGGER.warning(
                "%d decisions no longer fit, see metrics.json; the first: %s", len(self.unfit), self.unfit[0]
            )
        return {"obeyed": max(obeyed, 0), "unfit": len(self.unfit), "listed": self.unfit[:_MOST]}


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


def decisions_on(decisions: Decided | None, article: str) -> list[list[object]]:
    """Return the decisions on an article pair or on the whole dataset (no name), in order, as JSON holds them."""
    if decisions is None:
        return []
    return _plain(_read(decisions).by_article.get(article, ()))


def decisions_within(decisions: Decided | None, alignment: Alignment) -> list[list[object]]:
    """Return the decisions on an article of a bitext, those that came with its pairs too, as JSON holds them."""
    return [] if decisions is None else _plain(_within(_read(decisions), alignment))


def check_reviewed(
    alignment: Alignment, decisions: Decided | None, checker: Checker | Ahead, least: Least, *, given: bool = False
) -> Checked:
    """Check every pair after its decisions were obeyed; pairs that people confirmed stand whatever they score.

    `given`: the pairs came aligned, and a decision goes with its pair, wherever that stands now.
    """
    if decisions is None:
        above = alignment if given else alignment.above(least.score)
        return check(above, checker, least.quality, score_by_quality=given)
    read = _read(decisions)
    listed, texts = read.by_article.get(alignment.id, []), read.texts
    if given:
        listed = _within(read, alignment)
        whole = alignment.hi.article.text, alignment.en.article.text
        texts = {**texts, text_digest(*whole): whole}
    applied = apply(alignment, listed, texts.get)
    made = applied.alignment
    own = [
        dismissal
        for bead, signatures in applied.alarms.items()
        for dismissal in of_pair(signatures, made.hi.text(bead.hi), made.en.text(bead.en))
    ]
    origins = (made.hi.article.source, made.en.article.source)
    is_false = Dismissed([*read.wide, *own]).of(domains_of(*origins, article=alignment.id))
    standing = {(bead.hi, bead.en): bead for bead in applied.confirmed}
    result = check(made if given else made.above(least.score), checker, 0.0, score_by_quality=given, is_false=is_false)
    both = list(zip(result.alignment.pairs(), result.quality, strict=True))
    missed = {(bead.hi, bead.en): issues for bead, issues in applied.missed.items()}
    judged = tuple(with_missed(quality, missed.get((bead.hi, bead.en), ())) for bead, quality in both)
    bad = {
        bead
        for (bead, _), quality in zip(both, judged, strict=True)
        if quality.quality is not None and quality.quality < least.quality and (bead.hi, bead.en) not in standing
    }
    kept = Checked(result.alignment, judged).without(bad.__contains__, f"quality below {least.quality:g}")
    return replace(kept, met=tuple(one.seq for one in listed), unfit=applied.unfit)


def _within(read: _Read, alignment: Alignment) -> list[Decision]:
    """Return the decisions on an article of a bitext, wherever they were made, with their places in it."""
    digest = text_digest(alignment.hi.article.text, alignment.en.article.text)
    pairs = (
        (*spans, alignment.hi.text(bead.hi), alignment.en.text(bead.en))
        for bead in alignment.pairs()
        if (spans := _spans(alignment, bead))
    )
    return read.pairwise.here(pairs, read.by_article.get(alignment.id, ()), digest)


def _plain(decisions: Iterable[Decision]) -> list[list[object]]:
    return [[one.seq, one.kind, dict(one.data), one.digest] for one in decisions]


def _spans(alignment: Alignment, pair: Bead) -> tuple[Span, Span] | None:
    hi, en = alignment.hi.span(pair.hi), alignment.en.span(pair.en)
    return None if hi is None or en is None else (hi, en)


@lru_cache(maxsize=1)
def _read(decisions: Decided) -> _Read:
    """Return what stands, once a process."""
    by_article: dict[str, list[Decision]] = defaultdict(list)
    texts: dict[str, tuple[str, str]] = {}
    with Store(decisions.path) as store:
        for decision in store.decisions():
            by_article[decision.article].append(decision)
        for digest in {decision.digest for group in by_article.values() for decision in group}:
            if (text := store.text(digest)) is not None:
                texts[digest] = text
    return _Read(dict(by_article), Pairwise(by_article.values(), texts), wide(by_article.get(EVERYWHERE, ())), texts)
