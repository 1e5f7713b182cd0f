"""How usual the order of a text's words is, by a small network that reads stretches of five words and marks.

The network is learnt by `python -m training.word_order` from texts and the same texts with their words shuffled: what
it adds up over a text is the logarithm of how much likelier the words stand in such an order than in any. It knows some
eight thousand words of a language by 32-bit hashes, of which nothing of the texts can be read, and all others by their
last letters; marks inside a text and capitals are read too, as `lung. the` is in no order. It knows no meanings, and no
grammar that takes more than five words.
"""

import re
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import pairwise
from operator import eq
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tithi.evidence.words import Words, fold, words
from tithi.numerals.memo import Memo
from tithi.records import Lang

__all__ = [
    "CASES",
    "EDGE",
    "FIRST",
    "MARKS",
    "WIDTH",
    "Table",
    "all_order_odds",
    "edges",
    "names",
    "order_odds",
    "piece",
    "pieces",
    "unknown",
    "word_hash",
]

Floats = NDArray[np.float32]

WIDTH: Final = 5
"""So many words and marks are read together."""
EDGE: Final = 0
"""The row of what stands before the first word and after the last."""
MARKS: Final = {
    "end": re.compile(r"[।?!]|\.\.\.|[.…](?=\W*\s)"),
    "open": re.compile(r"[(\[]"),
    "close": re.compile(r"[)\]]"),
    "comma": re.compile(r"[,;:]"),
    "dash": re.compile(r"[–—]|\s--?\s"),
    "quote": re.compile(r"[\"“”‘«»]|\s'|'\s"),
}
"""What stands between words, from row 1, the first that is found; two rows follow for unknown words, Latin last."""
CASES: Final = 4
"""A piece is its row times this, and 1 for a word in small letters, 2 for `Word`, 3 for `WORD`, else 0."""
FIRST: Final = len(MARKS) + 3
"""The first row of a word that is known."""
_LEAST: Final = 3
_MANY: Final = 800
"""Words and what stands between them; longer texts are judged by their beginning."""
_ASIDE: Final = re.compile(r"</?[A-Za-z][^<>\n]{0,300}>|(?<=[\w\u0900-\u0963]) \([^()\n]{1,60}\)")
_LETTER: Final = re.compile(r"[^\W_]")


class Table(NamedTuple):
    """What is known of a language.

    `rows` are those of hashed words, and `network` is what `tithi.evidence.windows.add_up` asks for, float32: what a
    word adds to the hidden units at each place of a stretch, (rows, WIDTH, units), what its capital adds, (CASES,
    WIDTH, units), the units' bias and weights, (units,), and what stretches and texts have whatever they say, (2,).
    `ends` (rows, 4) int8 tells in eighths of a logarithm that a text begins with a word, has it second, last but one,
    and last; `usual` (2,) is added at each edge.
    """

    rows: dict[int, int]
    network: tuple[Floats, Floats, Floats, Floats, Floats]
    ends: NDArray[np.int8]
    usual: Floats


def order_odds(found: Words, lang: Lang) -> float:
    """Return the logarithm of how much likelier the words of a text stand in this order than in any other.

    A sum over the words, so that a longer text tells more: above 0 for all but one in a hundred texts, below 0 where
    words are shuffled, and 0 for one or two words, which tell nothing.
    """
    return all_order_odds([found], lang)[0]


def all_order_odds(texts: Sequence[Words], lang: Lang) -> list[float]:
    """Return what `order_odds` does of each text."""
    from tithi.evidence.windows import add_up  # numba is loaded when the first text asks for it

    known = _PIECES[lang]
    odds = add_up([pieces(found, known) for found in texts], _tables()[lang].network)
    return [told if len(found) >= _LEAST else 0.0 for told, found in zip(odds, texts, strict=True)]


def edges(found: Words, lang: Lang) -> tuple[float, float]:
    """Return how much likelier a text begins and ends with its words than one that was cut, as logarithms.

    `है` ends sentences and `के` does not; a text without words has 0 and 0.
    """
    if not found.texts:
        return 0.0, 0.0
    table, told = _tables()[lang], _PIECES[lang]
    first, last = ([told[text] // CASES for text in texts] for texts in (found.texts[:2], found.texts[-2:]))
    begins = sum(int(table.ends[row, i]) for i, row in enumerate(first)) / 8
    stops = sum(int(table.ends[row, 3 - i]) for i, row in enumerate(reversed(last))) / 8
    return begins + float(table.usual[0]), stops + float(table.usual[1])


def pieces(found: Words, known: Mapping[str, int]) -> list[int]:
    """Return the numbers of the words and marks of a text by `piece`; its end is a mark with a blank after it.

    Tags and what stands in brackets after a word are left out, and a word said again at once (`no, no, no`) is one:
    neither is a sign of disorder.
    """
    if "<" in found.source or "(" in found.source:
        found = words(_ASIDE.sub(" ", found.source))
    told = list(map(known.__getitem__, found.pieces[:_MANY]))
    if len(found.pieces) <= _MANY:
        told[-1] = known[found.tail + " "]
    if any(map(eq, found.keys, found.keys[1:])):
        again = [2 * i for i, (one, next_one) in enumerate(pairwise(found.keys), 1) if one == next_one]
        for at in reversed(again):
            del told[at : at + 2]  # what stands before the word, and the word
    return told


def piece(text: str, rows: Mapping[int, int]) -> int:
    """Return the number of a word, or of what stands between two, see `CASES`; -1 if that is but a blank."""
    if not _LETTER.search(text):
        return next((row * CASES for row, sign in enumerate(MARKS.values(), 1) if sign.search(text)), -1)
    row = next((rows[key] for name in names(text) if (key := word_hash(name)) in rows), unknown(text))
    return row * CASES + _case(text)


def unknown(word: str) -> int:
    """Return the row of a word of which not even the last letters are known."""
    return FIRST - 1 if word.isascii() else FIRST - 2


def names(word: str) -> list[str]:
    """Return by what a word is looked up, until it is found: itself, then its last three and two letters."""
    key = fold(word)
    if key[:1].isdecimal():
        return ["0000" if len(key) == 4 and key[0] in "12" else "0" if len(key) > 1 else "#"]
    return [key, *(f"~{key[-size:]}" for size in (3, 2) if len(key) > size)]


def word_hash(name: str) -> int:
    """Return 32 bits of a name."""
    return zlib.crc32(name.encode("utf-8", "surrogatepass"))


def _case(word: str) -> int:
    if not word.isascii() or word[0].isdigit() or word == "I":
        return 0
    if word.islower():
        return 1
    return 2 if word[0].isupper() and (len(word) == 1 or word[1:].removesuffix("'S").islower()) else 3


def _through(vectors: NDArray[np.int8], layer: NDArray[np.int16], scale: float) -> Floats:
    """Return (n, WIDTH, units): vectors (n, d) through a layer (WIDTH, d, units), in whole numbers up to the scale.

    No sum of them is rounded, so that every machine adds alike.
    """
    product = np.tensordot(vectors.astype(np.float64), layer.astype(np.float64), axes=([1], [1]))
    return np.ascontiguousarray(product * scale, np.float32)


@cache
def _tables() -> dict[Lang, Table]:
    with resources.files("tithi.evidence").joinpath("order.npz").open("rb") as file:
        stored = dict(np.load(file))

    def read(lang: str) -> Table:
        of = {name.removeprefix(f"{lang}_"): array for name, array in stored.items() if name.startswith(lang)}
        size, scale = of["words"].shape[1], float(of["scale"])
        inputs = _through(of["words"], of["layer"][:, :size], scale)
        capitals = _through(of["cases"], of["layer"][:, size:], scale)
        rows = {key: FIRST + i for i, key in enumerate(of["hashes"].tolist())}
        return Table(rows, (inputs, capitals, of["bias"], of["weights"], of["rest"]), of["ends"], of["usual"])

    return {"hi": read("hi"), "en": read("en")}


_PIECES: Final[dict[Lang, Memo[int]]] = {
    "hi": Memo(lambda text: piece(text, _tables()["hi"].rows)),
    "en": Memo(lambda text: piece(text, _tables()["en"].rows)),
}
