"""Words looked up by whole form, by beginning (`ab*`) or by ending (`*ab`): a few slices a word, however many forms."""

from collections.abc import Callable, Iterable
from typing import Final, Generic, NamedTuple, TypeVar

__all__ = ["Forms"]

_Told = TypeVar("_Told")


_KNOWN_BY: Final = 2
"""Beginnings and endings are looked up by so many letters: most words have none of them and are asked no further."""


class _Edge(NamedTuple, Generic[_Told]):
    """A beginning or an ending, of words of so many letters at least."""

    size: int
    is_ending: bool
    form: str
    least: int
    told: _Told


class Forms(Generic[_Told]):
    """What is told of the words that fit a form; the forms are folded, `*` stands for any letters at one end.

    >>> forms = Forms([("मत", 1), ("बे*", 2), ("*less", 3)])
    >>> [forms.of(word) for word in ("मत", "बेघर", "hopeless", "less")]
    [[1], [2], [3], []]
    """

    def __init__(
        self,
        rows: Iterable[tuple[str, _Told]],
        *,
        after: Callable[[int], int] = lambda _: 0,
        before: Callable[[int], int] = lambda _: 1,
    ) -> None:
        """Hold `rows` of a form and what it tells; a word goes on by `after` or `before` so many letters at least.

        Both are given the letters of the form.
        """
        self._whole: dict[str, list[_Told]] = {}
        self._starts: dict[str, list[_Edge[_Told]]] = {}
        self._ends: dict[str, list[_Edge[_Told]]] = {}
        for form, told in rows:
            size = len(form) - 1
            if form.endswith("*"):
                edge = _Edge(size, False, form[:-1], size + after(size), told)
                self._starts.setdefault(form[:-1][:_KNOWN_BY], []).append(edge)
            elif form.startswith("*"):
                edge = _Edge(size, True, form[1:], size + before(size), told)
                self._ends.setdefault(form[1:][-_KNOWN_BY:], []).append(edge)
            else:
                self._whole.setdefault(form, []).append(told)
        self._known_by = sorted({len(known) for known in (*self._starts, *self._ends)})

    def of(self, word: str) -> list[_Told]:
        """Return what is told of a folded word: as a whole, then by its edges, the shorter first."""
        near: list[_Edge[_Told]] = []
        for size in self._known_by:
            if size > len(word):
                break
            if edges := self._starts.get(word[:size]):
                near += edges
            if edges := self._ends.get(word[-size:]):
                near += edges
        whole = self._whole.get(word, [])
        if near and (fitting := [edge for edge in near if edge.least <= len(word) and _fits(edge, word)]):
            fitting.sort(key=lambda edge: (edge.size, edge.is_ending))
            return whole + [edge.told for edge in fitting]
        return whole.copy()


def _fits(edge: _Edge[_Told], word: str) -> bool:
    return word.endswith(edge.form) if edge.is_ending else word.startswith(edge.form)
