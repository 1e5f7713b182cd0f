"""Words looked up by whole form, by beginning (`ab*`) or by ending (`*ab`): a few slices a word, however many forms."""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

__all__ = ["Forms"]

_Told = TypeVar("_Told")


class Forms(Generic[_Told]):
    """What is told of the words that fit a form; the forms are folded, `*` stands for any letters at one end.

    >>> forms = Forms([("मत", 1), ("बे*", 2), ("*less", 3)])
    >>> [list(forms.of(word)) for word in ("मत", "बेघर", "hopeless", "less")]
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
        starts: dict[int, dict[str, list[_Told]]] = {}
        ends: dict[int, dict[str, list[_Told]]] = {}
        for form, told in rows:
            if form.endswith("*"):
                starts.setdefault(len(form) - 1, {}).setdefault(form[:-1], []).append(told)
            elif form.startswith("*"):
                ends.setdefault(len(form) - 1, {}).setdefault(form[1:], []).append(told)
            else:
                self._whole.setdefault(form, []).append(told)
        self._edges = [
            (size, size + after(size), starts.get(size, {}), size + before(size), ends.get(size, {}))
            for size in sorted(starts.keys() | ends.keys())
        ]

    def of(self, word: str) -> Iterator[_Told]:
        """Yield what is told of a folded word: as a whole, then by its edges, the shorter first."""
        yield from self._whole.get(word, ())
        letters = len(word)
        for size, least, starts, least_ended, ends in self._edges:
            if size > letters:
                return
            if least <= letters and (told := starts.get(word[:size])):
                yield from told
            if least_ended <= letters and (told := ends.get(word[-size:])):
                yield from told
