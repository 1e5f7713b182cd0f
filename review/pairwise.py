"""Decisions that go with their pair: those on a bitext, whose pairs may stand in another article of it by now.

Some fifty pairs of a bitext are an article, so a line more may move pairs of an article into the next.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from tithi.records import Lang, Span
from tithi.review.anchor import Anchor, skeleton
from tithi.review.decisions import Decision, bead_key, key_spans

__all__ = ["Pairwise"]

_SIDES: Final[tuple[Lang, Lang]] = ("hi", "en")
_Key: TypeAlias = tuple[str, str]


class Pairwise:
    """Decisions by the texts of the pair that each speaks of, but for blanks and punctuation."""

    def __init__(self, groups: Iterable[Sequence[Decision]], texts: Mapping[str, tuple[str, str]]) -> None:
        self._texts = texts
        self._by_pair: dict[_Key, list[Decision]] = defaultdict(list)
        self._known: set[int] = set()
        for group in groups:
            made = {bead_key(bead["hi"], bead["en"]) for one in group for bead in one.data.get("add", ())}
            for decision in group:
                pair = self._pair(decision)
                if pair is not None and decision.data["bead"] not in made:
                    self._by_pair[skeleton(pair[0]), skeleton(pair[1])].append(decision)
                    self._known.add(decision.seq)

    def here(
        self, pairs: Iterable[tuple[Span, Span, str, str]], own: Iterable[Decision], digest: str
    ) -> list[Decision]:
        """Return the decisions on an article of a bitext, in order; `pairs` are its places and texts, Hindi first.

        They are those on its pairs, wherever they were made, with their places in it, and of its `own` those on other
        things than a pair.
        """
        found = [decision for decision in own if decision.seq not in self._known]
        for *spans, hi, en in pairs if self._by_pair else ():
            for decision in self._by_pair.get((skeleton(hi), skeleton(en)), ()):
                moved = self._moved(decision, (spans[0], spans[1]), (hi, en))
                if moved is not None:
                    found.append(replace(decision, data=moved, digest=digest))
        return sorted(found, key=lambda decision: decision.seq)

    def _pair(self, decision: Decision) -> tuple[str, str] | None:
        text = self._texts.get(decision.digest)
        if text is None or "bead" not in decision.data:
            return None
        hi, en = key_spans(decision.data["bead"])
        return (text[0][slice(*hi)], text[1][slice(*en)]) if hi and en else None

    def _moved(self, decision: Decision, spans: tuple[Span, Span], texts: tuple[str, str]) -> dict[str, object] | None:
        """Return what a decision says with its places where the pair stands now."""
        pair = self._pair(decision)
        hi, en = spans
        if pair is None:
            return None
        moved = {**decision.data, "bead": bead_key([hi], [en])}
        if "span" in decision.data:
            side = _SIDES.index(decision.data["lang"])
            before = key_spans(decision.data["bead"])[side]
            start, stop = decision.data["span"]
            inside = before and Anchor(pair[side], texts[side]).find((start - before[0], stop - before[0]))
            if not inside:
                return None
            moved["span"] = [(hi, en)[side][0] + inside[0], (hi, en)[side][0] + inside[1]]
        return moved
