"""What a function tells of a word, remembered: texts repeat their words, and the grammars ask the same of each."""

from collections.abc import Callable, Iterable
from typing import Final, TypeVar

__all__ = ["Memo"]

_Told = TypeVar("_Told")
#: Words remembered before all are forgotten, so that no text fills the memory.
_LIMIT: Final = 2**17


class Memo(dict[str, _Told]):
    """The values of `tell`, by word; `memo[word]` asks it once.

    >>> lengths = Memo(len)
    >>> list(map(lengths.__getitem__, ["मई", "मई"])), dict(lengths)
    ([2, 2], {'मई': 2})
    """

    def __init__(self, tell: Callable[[str], _Told]) -> None:
        """Remember what `tell`, a function of the word alone, returns."""
        super().__init__()
        self._tell = tell

    def __missing__(self, word: str) -> _Told:
        if len(self) >= _LIMIT:
            self.clear()
        told = self._tell(word)
        self[word] = told
        return told

    def learn(self, words: Iterable[str], tell_all: Callable[[list[str]], Iterable[_Told]]) -> None:
        """Ask of all new words in one step, where that is cheaper: `tell_all` returns what `tell` does of each."""
        new = list(set(words).difference(self))
        if len(self) + len(new) > _LIMIT:
            self.clear()
        if new:
            self.update(zip(new, tell_all(new), strict=True))
