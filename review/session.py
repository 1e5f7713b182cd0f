"""What a review works on: the dataset, its decisions, and how each bead stands; the server only carries it."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from tithi.checks.checker import KINDS
from tithi.checks.dismissed import Dismissed
from tithi.errors import DataError
from tithi.records import Span
from tithi.report.index import opening
from tithi.report.reading import Hit, read
from tithi.review.decisions import Decision, check
from tithi.review.desk import Desk
from tithi.review.dismissals import EVERYWHERE, wide
from tithi.review.fits import check_fits
from tithi.review.fold import Folded, fold
from tithi.review.library import Library, row_key
from tithi.review.standing import Standing
from tithi.review.store import Store

__all__ = ["OvertakenError", "Review"]

_FEW: Final = 50
_PART: Final = 20_000


class Review:
    """The dataset, its decisions and what stands of each article pair."""

    def __init__(self, library: Library, store: Store, *, read_only: bool = False, given: bool = False) -> None:
        """`given`: the dataset was made of a bitext."""
        self.library = library
        self.store = store
        self.read_only = read_only
        self._desk = lru_cache(maxsize=32)(lambda article: Desk(*library.view(article), self.state(article)))
        self._given = given
        self._read()

    def dismissed(self) -> list[tuple[str | None, str | None]]:
        """Return the kinds and domains that are dismissed beyond one pair."""
        return [(one.kind, one.domain) for one in wide(self._wide)]

    def _read(self) -> None:
        """Add up the decisions of all article pairs, with the places that they have in them now."""
        standing = Standing(self.store, given=self._given)
        self._set_wide(standing.by_article.get(EVERYWHERE, []))
        asked = self.library if self._given and standing.by_article else standing.by_article.keys() & set(self.library)
        self._states: dict[str, Folded] = {}
        self._homes: dict[int, str] = {}
        for article in asked:
            decisions = standing.of(self.library.story(article))
            if decisions:
                self._states[article] = fold(decisions)
                self._homes |= dict.fromkeys((one.seq for one in decisions), article)

    def _set_wide(self, decisions: Sequence[Decision]) -> None:
        self._wide = list(decisions)
        self._dismissed = Dismissed(wide(decisions))

    def state(self, article: str) -> Folded:
        """Return what stands of an article pair."""
        return self._states.setdefault(article, Folded())

    def desk(self, article: str) -> Desk:
        """Return an article pair as it stands."""
        desk = self._desk(article)
        desk.state = self.state(article)
        desk.dropped = self._dropped(article)
        return desk

    def _dropped(self, article: str) -> frozenset[str]:
        """Return the kinds of issues that were dismissed for an article pair, or for more than it."""
        return self._dismissed.kinds(self.library.origins[article], KINDS)

    def queue(self) -> list[list[Any]]:
        """Return the beads that stand, the most doubtful first; those made by hand are at the end."""
        lines = []
        dropped = {article: self._dropped(article) for article in self.library}
        for item in self.library.queue:
            state = self.state(item.article)
            if item.bead not in state.gone or item.bead in state.made:
                kinds = tuple(kind for kind in item.kinds if kind not in dropped[item.article])
                lines.append(self._line(item.article, item.bead, item.doubt, kinds, item.opening))
        known = {(item.article, item.bead) for item in self.library.queue}
        for article, state in self._states.items():
            lines += [self._line(article, bead, 0.0, (), "") for bead in state.made if (article, bead) not in known]
        return lines

    def _line(self, article: str, bead: str, doubt: float, kinds: tuple[str, ...], first: str) -> list[Any]:
        state = self.state(article)
        verdict = state.verdict(bead) or ("made" if bead in state.made else None)
        return [article, bead, doubt, kinds, first, verdict, bead in state.seen, bead in state.bookmarks]

    def decide(self, who: str, tab: str, rev: Mapping[str, int], items: Sequence[Mapping[str, Any]]) -> list[Decision]:
        """Store decisions as one batch.

        Raises:
            OvertakenError: Another window changed what they speak of.
            DataError: One does not fit.
        """
        for item in items:
            article, kind, data = item["article"], item["kind"], item["data"]
            check(kind, data)
            if article not in self.library and (article, kind) != (EVERYWHERE, "dismiss"):
                raise DataError(
                    f"{article[:60]}: must be an article pair of the dataset; got none; read the page again"
                )
            self._check_overtaken(article, kind, data, rev.get(article, 0), tab)
        for article in {item["article"] for item in items} - {EVERYWHERE}:
            desk = self.desk(article)
            for item in items:
                if item["article"] == article:
                    check_fits(desk, item["kind"], item["data"])
            texts = self.library.view(article)[0].article
            self.store.keep_text(self.library.digests[article], texts["hi"], texts["en"])
        made = [(item["article"], item["kind"], item["data"]) for item in items]
        stored = self.store.add(made, who=who, digests={EVERYWHERE: "", **self.library.digests}, tab=tab)
        for decision in stored:
            if decision.article != EVERYWHERE:
                self.state(decision.article).add(decision)
        if any(decision.article == EVERYWHERE for decision in stored):
            self._set_wide([*self._wide, *(one for one in stored if one.article == EVERYWHERE)])
        return stored

    def turn(self, decisions: list[Decision]) -> list[str]:
        """Read the article pairs of decisions that were undone or redone again, and return their ids."""
        before = self._homes
        if all(self._is_here(decision) for decision in decisions):
            articles = {decision.article for decision in decisions}
            for article in articles:
                standing = list(self.store.decisions(article))
                if not all(map(self._is_here, standing)):
                    self._read()
                    break
                self._states[article] = fold(standing)
        else:
            self._read()
            homes = {**before, **self._homes}
            articles = {homes.get(decision.seq, decision.article) for decision in decisions}
        return sorted(articles & set(self.library))

    def _is_here(self, decision: Decision) -> bool:
        """Return whether a decision speaks of an article pair as it is now."""
        return decision.digest == self.library.digests.get(decision.article)

    def marks(self, article: str) -> dict[str, Any]:
        """Return the dates and numbers of an article pair by their places in it, and what only one side tells."""
        reading = self.library.reading(article)
        story, _ = self.library.view(article)
        marks = [_marks(reading.hits[lang]) for lang in ("hi", "en")]
        facts = {row_key(row): reading.facts(row["lang"], tuple(row["span"])) for row in story.unaligned}
        return {"marks": marks, "facts": {bead: told for bead, told in facts.items() if told}}

    def marks_within(self, article: str, hi: Span, en: Span) -> dict[str, Any]:
        """Return the dates and numbers read in a part of each side alone, of 20,000 characters at most: it is quick."""
        texts = self.library.view(article)[0].article
        parts = [texts[lang][start : min(stop, start + _PART)] for lang, (start, stop) in (("hi", hi), ("en", en))]
        hits = read(*parts).hits
        return {"marks": [_marks(hits["hi"], hi[0]), _marks(hits["en"], en[0])], "facts": {}}

    def stand(self, decisions: Sequence[Decision]) -> list[dict[str, Any]] | None:
        """Return how the beads of decisions stand now; None when there are many, or texts and dates changed too.

        `item` is what is drawn, null if the bead is gone, `segment` where it stands, `line` its line of the queue.
        """
        if len(decisions) > _FEW or not all(one.beads and self._is_here(one) for one in decisions):
            return None
        found = []
        for article, bead in dict.fromkeys((one.article, bead) for one in decisions for bead in sorted(one.beads)):
            desk = self.desk(article)
            item, segment = desk.item(bead) if bead in desk else (None, None)
            told = (item["doubt"], tuple(_kinds(item)), _first(item)) if item else None
            line = self._line(article, bead, *told) if told else None
            found.append({"article": article, "bead": bead, "item": item, "segment": segment, "line": line})
        return found

    def _check_overtaken(self, article: str, kind: str, data: Mapping[str, Any], rev: int, tab: str) -> None:
        mine = Decision(0, "", "", article, kind, data, "", "")
        for other in self.store.changed_since(article, rev, tab):
            same = other.beads & mine.beads or (other.kind == kind and not mine.beads and _same_place(other.data, data))
            if same:
                raise OvertakenError(
                    f"{other.who} changed this in another window; what stands now is shown, decide again"
                )

    def progress(self, who: str) -> dict[str, int]:
        """Return the pace (beads an hour), what is left and what is done."""
        lines = self.queue()
        done = sum(line[5] is not None for line in lines)
        return {"pace": self.store.pace(who), "left": len(lines) - done, "done": done}


class OvertakenError(DataError):
    """Another window was faster."""


def _marks(hits: Iterable[Hit], start: int = 0) -> list[tuple[int, int, str, str]]:
    return [(hit.start + start, hit.stop + start, hit.kind, hit.value) for hit in hits]


def _kinds(item: Mapping[str, Any]) -> list[str]:
    return ["no counterpart"] if "facts" in item else list(dict.fromkeys(issue["kind"] for issue in item["issues"]))


def _same_place(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(one.get(name) == other.get(name) for name in ("segment", "lang", "span", "issue", "domain"))


def _first(item: Mapping[str, Any]) -> str:
    return opening(" ".join(sentence["text"] for sentence in next(side for side in item["sides"] if side)))
