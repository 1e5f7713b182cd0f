"""What people called false, as the dismissals that the checks know: of one pair, of a kind, of a domain."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

from tithi.checks.checker import KINDS, Checker
from tithi.checks.dismissed import Dismissal, Dismissed, IsFalse, domains_of, read_dismissals
from tithi.corpus.rows import Row
from tithi.corpus.stored import stored_rows
from tithi.records import Issue, Source
from tithi.report.stories import Story, stored_stories
from tithi.review.decisions import Decision, key_spans
from tithi.review.fold import fold
from tithi.review.store import FILE, Store

__all__ = ["EVERYWHERE", "FalseAlarms", "dismissals", "of_pair", "origin", "standing", "standing_stories", "wide"]

EVERYWHERE = ""
"""The article that decisions on the whole dataset name."""


def wide(decisions: Iterable[Decision]) -> list[Dismissal]:
    """Return what was dismissed beyond one pair: the last word on each kind and domain."""
    standing: dict[Dismissal, bool] = {}
    for decision in decisions:
        if decision.kind == "dismiss":
            data = decision.data
            standing[Dismissal(data.get("issue"), data.get("domain"))] = data["on"]
    return [dismissal for dismissal, on in standing.items() if on]


def of_pair(signatures: Iterable[str], hi: str, en: str) -> Iterator[Dismissal]:
    """Yield the false alarms of a pair, given as decisions name them (`number: *`, `number: its message`)."""
    for signature in sorted(signatures):
        kind, _, message = signature.partition(": ")
        yield Dismissal(kind, None, hi, en, None if message == "*" else message)


def dismissals(path: str | Path) -> list[Dismissal]:
    """Return all that was called false in a dataset, in its file of decisions, or in a file of dismissals.

    Raises:
        DataError: It is none of them, or damaged.
    """
    path = Path(path)
    if path.is_dir():
        path /= FILE
    if path.suffix != ".sqlite":
        return read_dismissals(path, KINDS)
    with Store(path, read_only=True) as store:
        return list(_stored(store))


def origin(article: Row) -> frozenset[str]:
    """Return what the origin of a stored article pair is called; see `tithi.checks.dismissed`."""
    sources = (Source("", **fields) for side in ("hi", "en") if (fields := article[f"{side}_source"]))
    return domains_of(*sources, article=article["id"])


class FalseAlarms:
    """Which alarms on the pairs of one source are false: a file, or a dataset, whose own decisions count too."""

    def __init__(self, path: str | Path, more: Iterable[Dismissal] = ()) -> None:
        self._path = Path(path)
        self._folder = self._path.is_dir()
        own = dismissals(self._path) if self._folder and (self._path / FILE).is_file() else []
        self._dismissed = Dismissed([*own, *more])
        self._origins: dict[str, frozenset[str]] | None = None
        self._found: dict[frozenset[str], IsFalse | None] = {}

    def of(self, row: str | None = None) -> IsFalse | None:
        """Return which issues of the row with this id are false, None when none is; the same for rows of one origin."""
        if not self._dismissed:
            return None
        domains = domains_of(file=self._path.name)
        if self._folder:
            if self._origins is None:
                columns = ("id", "hi_source", "en_source")
                self._origins = {one["id"]: origin(one) for one in stored_rows(self._path, "articles", columns=columns)}
            domains = self._origins.get((row or "").rpartition("-")[0], domains)
        if domains not in self._found:
            self._found[domains] = self._dismissed.of(domains)
        return self._found[domains]


def standing(stories: Iterable[Story], found: Iterable[Dismissal]) -> Iterator[Story]:
    """Yield article pairs without the alarms that were called false, those pairs judged again."""
    dismissed, checker = Dismissed(found), None
    for story in stories:
        is_false = dismissed.of(origin(story.article))
        rows = list(story.sentences)
        for k, row in enumerate(rows) if is_false else ():
            hi, en = row["translation"]["hi"], row["translation"]["en"]
            if is_false and any(is_false(hi, en, Issue(**issue)) for issue in row["issues"] or ()):
                checker = checker or Checker()
                (quality,) = checker.check_all([(hi, en)], is_false)
                fields = {name: getattr(quality, name) for name in ("quality", "adequacy", "fluency")}
                rows[k] = row | fields | {"issues": [asdict(issue) for issue in quality.issues]}
        yield replace(story, sentences=tuple(rows))


def standing_stories(dataset: str | Path) -> Iterator[Story]:
    """Yield the article pairs of a dataset in its own order, without the alarms that were called false on it.

    Raises:
        DataError: It is no dataset built by tithi, or its files have changed since.
    """
    stories = stored_stories(dataset)
    return standing(stories, dismissals(dataset)) if (Path(dataset) / FILE).is_file() else stories


def _stored(store: Store) -> Iterator[Dismissal]:
    by_article: dict[str, list[Decision]] = {}
    for decision in store.decisions():
        if decision.kind in {"alarm", "dismiss"}:
            by_article.setdefault(decision.article, []).append(decision)
    yield from wide(by_article.pop(EVERYWHERE, ()))
    for decisions in by_article.values():
        for digest in dict.fromkeys(decision.digest for decision in decisions):
            text = store.text(digest)
            state = fold(decision for decision in decisions if decision.digest == digest)
            for key in state.alarms if text else ():
                sides = zip(text or (), key_spans(key), strict=True)
                hi, en = (whole[slice(*span)] if span else "" for whole, span in sides)
                yield from of_pair(state.false_alarms(key), hi, en)
