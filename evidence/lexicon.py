"""Which words translate which, and which follow which: tables learnt from counts (`python -m training.lexicon`).

Words are compared by their first letters (`stem`), which is most of what inflection leaves alone in both languages.
"""

from collections.abc import Collection, Mapping
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tithi.records import Lang

__all__ = ["CLASSES", "Lexicon", "lexicon", "stem", "supports"]

Table = NDArray[np.int8]

CLASSES: Final = 1500
"""So many of the most frequent words are known by themselves where the order of words is judged."""
_FAR: Final = 16
"""Two words that stand together by rule, or never, tell no more than this, in eighths of a logarithm."""
_LETTERS: Final[dict[Lang, int]] = {"hi": 5, "en": 6}


def stem(key: str, lang: Lang) -> str:
    """Return the letters by which a folded word is looked up: `लड़कियों` is `लडकिय`."""
    return key.removesuffix("'s")[: _LETTERS[lang]]


class _Answers(dict[str, dict[str, float]]):
    """The likely words of the other language for each stem: read from the table when a stem is first asked for.

    A stem that the table lacks has none, and is not kept, so that the store never outgrows the table.
    """

    def __init__(
        self, stored: Mapping[str, NDArray[Any]], names: Mapping[str, list[str]], given: str, told: str
    ) -> None:
        self._starts, self._words, self._chances = (
            stored[f"{given}_{told}_{part}"] for part in ("starts", "words", "chances")
        )
        self._place = {name: i for i, name in enumerate(names[given])}
        self._told = names[told]

    def __missing__(self, name: str) -> dict[str, float]:
        at = self._place.get(name)
        if at is None:
            return _NONE
        row = slice(*self._starts[at : at + 2].tolist())
        chances = (chance / 255 for chance in self._chances[row].tolist())
        found = self[name] = dict(zip(map(self._told.__getitem__, self._words[row].tolist()), chances, strict=True))
        return found


class Lexicon(NamedTuple):
    """`english` gives the likely English stems of a Hindi stem with their chances, `hindi` the reverse.

    `hindi_order` and `english_order` tell in eighths of a logarithm how much likelier than by chance two words stand
    side by side; rows are the numbers of `hindi_class` and `english_class`, then all other words, then the edge.
    """

    english: "_Answers"
    hindi: "_Answers"
    hindi_class: dict[str, int]
    english_class: dict[str, int]
    hindi_order: Table
    english_order: Table


@cache
def lexicon() -> Lexicon:
    """Return the shipped tables, read once."""
    with resources.files("tithi.evidence").joinpath("lexicon.npz").open("rb") as file:
        stored = dict(np.load(file))
    names = {lang: bytes(stored[f"{lang}_words"]).decode("utf-8").split("\n") for lang in ("hi", "en")}

    return Lexicon(
        _Answers(stored, names, "hi", "en"),
        _Answers(stored, names, "en", "hi"),
        {name: i for i, name in enumerate(names["hi"][:CLASSES])},
        {name: i for i, name in enumerate(names["en"][:CLASSES])},
        np.clip(stored["hi_order"], -_FAR, _FAR),
        np.clip(stored["en_order"], -_FAR, _FAR),
    )


def supports(keys: Collection[str], others: Collection[str], lang: Lang) -> list[float]:
    """Return for each word of a side in `lang` the chance, in [0, 1], with which a word of the other side answers it.

    The larger of both directions; a word that stands on both sides as it is answers itself.
    """
    tables = lexicon()
    other_lang: Lang = "en" if lang == "hi" else "hi"
    ours, theirs = (tables.english, tables.hindi) if lang == "hi" else (tables.hindi, tables.english)
    stems = {stem(other, other_lang) for other in others}
    toward: dict[str, float] = {}
    for other in stems:
        for word, chance in theirs[other].items():
            if chance > toward.get(word, 0.0):
                toward[word] = chance
    found = []
    for key in keys:
        word = stem(key, lang)
        best = 1.0 if word in stems else toward.get(word, 0.0)
        for translation, chance in ours[word].items():
            if chance > best and translation in stems:
                best = chance
        found.append(best)
    return found


_NONE: Final[dict[str, float]] = {}
