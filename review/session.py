"""What a review works on: the dataset, its decisions, and how each bead stands; the server only carries it."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from tithi.checks.checker import KINDS
from tithi.checks.dismissed import Dismissed
from tithi.errors import DataError
from tithi.report.index import opening
from tithi.review.checks import Checks
from tithi.review.decisions import Decision, check
from tithi.review.desk import Desk
from tithi.review.dismissals import EVERYWHERE, wide
from tithi.review.fits import check_fits
from tithi.review.fold import Folded, fold
from tithi.review.library import Library
from tithi.review.standing import Standing
from tithi.review.store import Store

__all__ = ["OvertakenError", "Review"]

_FEW: Final = 50


class Review:
    """The dataset, its decisions and what stands of each article pair."""

    def __init__(self, library: Library, store: Store, *, read_only: bool = False, given: bool = False) -> None:
        """`given`: the dataset was made of a bitext."""
        self.library = library
        self.store = store
        self.read_only = read_only
        self.checks = Checks()
        self._desk = lru_cache(maxsize=32)(
            lambda article: Desk(*library.view(article), self.state(article), self.checks)
        )
        self._given = given
        # What the queue tells of beads that people changed: doubt, kinds and first words, by article pair and bead.
        self._told: dict[str, dict[str, tuple[float, tuple[str, ...], str]]] = {}
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
        """Return the beads that stand, the most doubtful first; those made by hand and not checked yet at the end."""
        lines = []
        dropped = {article: self._dropped(article) for article in self.library}
        known = {(item.article, item.bead): (item.doubt, item.kinds, item.opening) for item in self.library.queue}
        for article, state in self._states.items():
            known |= {(article, bead): (0.0, (), "") for bead in state.made if (article, bead) not in known}
            known |= {
                (article, bead): told for bead, told in self._told.get(article, {}).items() if (article, bead) in known
            }
        for (article, bead), (doubt, kinds, first) in known.items():
            state = self.state(article)
            if bead not in state.gone or bead in state.made:
                counted = tuple(kind for kind in kinds if kind not in dropped[article])
                lines.append(self._line(article, bead, doubt, counted, first))
        return sorted(lines, key=lambda line: -line[2])

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
        turned = sorted(articles & set(self.library))
        if any(decision.kind == "text" for decision in decisions):
            for article in turned:
                self._told.pop(article, None)
                self.checked(article, list(self.desk(article).changed()))
        return turned

    def _is_here(self, decision: Decision) -> bool:
        """Return whether a decision speaks of an article pair as it is now."""
        return decision.digest == self.library.digests.get(decision.article)

    def stand(self, decisions: Sequence[Decision]) -> list[dict[str, Any]] | None:
        """Return how the beads of decisions stand now; None when there are many, or texts and dates changed too.

        `item` is what is drawn, null if the bead is gone, `segment` where it stands, `line` its line of the queue.
        """
        if len(decisions) > _FEW or not all(one.beads and self._is_here(one) for one in decisions):
            return None
        beads = dict.fromkeys((one.article, bead) for one in decisions for bead in sorted(one.beads))
        return [self._standing(article, bead) for article, bead in beads]

    def _standing(self, article: str, bead: str) -> dict[str, Any]:
        desk = self.desk(article)
        item, segment = desk.item(bead) if bead in desk else (None, None)
        line = self._line(article, bead, item["doubt"], tuple(_kinds(item)), _first(item)) if item else None
        return {"article": article, "bead": bead, "item": item, "segment": segment, "line": line}

    def changed(self) -> dict[str, list[str]]:
        """Return the beads that people changed, by article pair."""
        held = [article for article, state in self._states.items() if state.made or state.texts]
        return {article: list(self.desk(article).changed()) for article in held}

    def unchecked(self, article: str, beads: Iterable[str]) -> list[tuple[str, str]]:
        """Return the texts of those beads that people changed, as they read now, for `checks.run`."""
        desk = self.desk(article)
        return [texts for bead in beads if bead in desk and (texts := desk.reads(bead))]

    def checked(self, article: str, beads: Iterable[str]) -> list[dict[str, Any]]:
        """Return how beads stand, as `stand` does, with what `checks` know of them; the queue tells it from now on."""
        desk, told = self.desk(article), self._told.setdefault(article, {})
        found = [self._standing(article, bead) for bead in beads if bead in desk]
        for one in found:
            if desk.is_changed(one["bead"]):
                told[one["bead"]] = one["line"][2], one["line"][3], one["line"][4]
            else:
                told.pop(one["bead"], None)
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


def _kinds(item: Mapping[str, Any]) -> list[str]:
    return (
        ["no counterpart"] if not all(item["sides"]) else list(dict.fromkeys(issue["kind"] for issue in item["issues"]))
    )


def _same_place(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(one.get(name) == other.get(name) for name in ("segment", "lang", "span", "issue", "domain"))


def _first(item: Mapping[str, Any]) -> str:
    return opening(" ".join(sentence["text"] for sentence in next(side for side in item["sides"] if side)))
