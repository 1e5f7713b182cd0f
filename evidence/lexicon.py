"""Which words translate which: tables learnt from counts (`python -m training.lexicon`).

Words are compared by their first letters (`stem`), which is most of what inflection leaves alone in both languages.
"""

from collections.abc import Mapping, Sequence
from functools import cache, partial
from importlib import resources
from itertools import chain
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tithi.numerals.memo import Memo
from tithi.records import Lang

__all__ = ["SURE", "Levels", "Lexicon", "answers", "answers_all", "lexicon", "stem", "supports"]

Levels = NDArray[np.uint8]

_FREQUENT: Final = 1500
SURE: Final = 255
"""The level of a chance of one."""
_LETTERS: Final[dict[Lang, int]] = {"hi": 5, "en": 6}
_FIRST_LETTER: Final = "\u0900"
_BEYOND: Final = "\u0980"
"""What Devanagari words begin with lies from the one to the other."""


def stem(key: str, lang: Lang) -> str:
    """Return the letters by which a folded word is looked up: `लड़कियों` is `लडकिय`."""
    return key.removesuffix("'s")[: _LETTERS[lang]]


class _Table(NamedTuple):
    """The likely words of the other language in rows: those of `row` are `words[starts[row]:starts[row + 1]]`.

    `levels` are their chances in 255, each more than 1. The last row, of all other words, is empty.
    """

    starts: NDArray[np.int32]
    words: NDArray[np.int32]
    levels: Levels


class _Answers(dict[str, dict[str, float]]):
    """The likely words of the other language for each stem: read from the table when a stem is first asked for.

    A stem that the table lacks has none, and is not kept, so that the store never outgrows the table.
    """

    def __init__(self, table: _Table, place: Mapping[str, int], told: Sequence[str]) -> None:
        self._table, self._place, self._told = table, place, told

    def __missing__(self, name: str) -> dict[str, float]:
        at = self._place.get(name)
        if at is None:
            return _NONE
        starts, words, levels = self._table
        here = slice(*starts[at : at + 2].tolist())
        chances = (level / SURE for level in levels[here].tolist())
        found = self[name] = dict(zip(map(self._told.__getitem__, words[here].tolist()), chances, strict=True))
        return found


class Lexicon(NamedTuple):
    """`english` gives the likely English stems of a Hindi stem with their chances, `hindi` the reverse.

    `tables` have the same by rows, and `rows` the row of each stem, the most frequent first; `frequent` are the first
    of Hindi.
    """

    english: "_Answers"
    hindi: "_Answers"
    tables: dict[Lang, _Table]
    rows: dict[Lang, dict[str, int]]
    frequent: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Return the shipped tables, read once."""
    with resources.files("tithi.evidence").joinpath("lexicon.npz").open("rb") as file:
        stored = dict(np.load(file))
    names = {lang: bytes(stored[f"{lang}_words"]).decode("utf-8").split("\n") for lang in _LETTERS}
    rows = {lang: {name: i for i, name in enumerate(names[lang])} for lang in _LETTERS}
    hi, en = _table(stored, "hi", "en"), _table(stored, "en", "hi")
    return Lexicon(
        _Answers(hi, rows["hi"], names["en"]),
        _Answers(en, rows["en"], names["hi"]),
        {"hi": hi, "en": en},
        rows,
        frozenset(names["hi"][:_FREQUENT]),
    )


def _table(stored: Mapping[str, NDArray[Any]], given: Lang, told: Lang) -> _Table:
    starts, words, levels = (stored[f"{given}_{told}_{part}"] for part in ("starts", "words", "chances"))
    return _Table(np.append(starts, starts[-1]), words, levels)


def answers_all(pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> list[tuple[Levels, Levels]]:
    """Return of each word of both sides of each pair the chance, in 255, with which one of the other side answers it.

    The words are folded. The chance is the larger of both directions; a word that stands on both sides as it is answers
    itself.
    """
    from tithi.evidence.answers import answer  # numba is loaded when the first pair asks for it

    starts = np.cumsum([0, *(len(side) for pair in pairs for side in pair)], dtype=np.intp)
    hi_row, en_row = _ROWS["hi"].__getitem__, _ROWS["en"].__getitem__
    rows = chain.from_iterable(chain(map(hi_row, hi), map(en_row, en)) for hi, en in pairs)
    tables, all_levels = lexicon().tables, np.zeros(starts[-1], np.uint8)
    present = (np.zeros(len(tables[lang].starts), np.uint8) for lang in _LETTERS)
    answer(np.fromiter(rows, np.intp, starts[-1]), starts, tables["hi"], tables["en"], *present, all_levels)
    edges = starts.tolist()
    sides = zip(edges[:-1:2], edges[1::2], edges[2::2], strict=True)
    levels = [(all_levels[first:other], all_levels[other:stop]) for first, other, stop in sides]
    for (hi, en), (hi_levels, en_levels) in zip(pairs, levels, strict=True):
        if same := _shared_stems(hi, en):
            hi_levels[[_STEMS["hi"][key] in same for key in hi]] = SURE
            en_levels[[_STEMS["en"][key] in same for key in en]] = SURE
    return levels


def _shared_stems(hi: Sequence[str], en: Sequence[str]) -> set[str]:
    # Words in two scripts share no stem, and nearly all words are.
    alike = hi if any(key >= _FIRST_LETTER for key in en) else [key for key in hi if not _FIRST_LETTER <= key < _BEYOND]
    return set(map(_STEMS["hi"].__getitem__, alike)).intersection(map(_STEMS["en"].__getitem__, en)) if alike else _SAME


def answers(hi: Sequence[str], en: Sequence[str]) -> tuple[Levels, Levels]:
    """Return what `answers_all` says of one pair."""
    return answers_all([(hi, en)])[0]


def supports(keys: Sequence[str], others: Sequence[str], lang: Lang) -> list[float]:
    """Return of each word of a side in `lang` the chance, in [0, 1], with which a word of the other side answers it."""
    levels = answers(keys, others)[0] if lang == "hi" else answers(others, keys)[1]
    return [level / SURE for level in levels.tolist()]


def _row(key: str, lang: Lang) -> int:
    """Return the row of a folded word, the last one of all that the tables lack."""
    rows = lexicon().rows[lang]
    return rows.get(stem(key, lang), len(rows))


_STEMS: Final[dict[Lang, Memo[str]]] = {lang: Memo(partial(stem, lang=lang)) for lang in _LETTERS}
_ROWS: Final[dict[Lang, Memo[int]]] = {lang: Memo(partial(_row, lang=lang)) for lang in _LETTERS}
_NONE: Final[dict[str, float]] = {}
_SAME: Final[set[str]] = set()
