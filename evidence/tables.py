"""The word lists beside these modules: TSV files with a header line, comments after `#`, a source for each row."""

import re
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from tithi.evidence.forms import Forms
from tithi.evidence.words import fold, words
from tithi.records import Lang

__all__ = ["common_words", "cues", "name_pairs", "read_table", "spellings", "word_set"]


_DOT, _VIRAMA = "\u0902", "\u094d"
_ROWS: Final = {
    "\u0915-\u0918": "\u0919",
    "\u091a-\u091d": "\u091e",
    "\u091f-\u0922": "\u0923",
    "\u0924-\u0927": "\u0928",
    "\u092a-\u092d": "\u092e",
}
"""The stops of each row of letters, and its nasal."""


def read_table(name: str) -> list[dict[str, str]]:
    """Return the rows of the table `name` (a file of this package) by column name."""
    text = resources.files("tithi.evidence").joinpath(name).read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]


def spellings(form: str) -> list[str]:
    """Return a form folded, its nasals written as a dot and as half a letter of the row that follows: संभव, सम्भव."""
    dotted = fold(form)
    for row, nasal in _ROWS.items():
        dotted = re.sub(f"{nasal}{_VIRAMA}(?=[{row}])", _DOT, dotted)
    halved = dotted
    for row, nasal in _ROWS.items():
        halved = re.sub(f"{_DOT}(?=[{row}])", nasal + _VIRAMA, halved)
    return [dotted] if halved == dotted else [dotted, halved]


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """English words that are no names when a capital begins them."""
    return word_set("common") | {row["word"] for row in read_table("common_words.tsv")}


@cache
def word_set(kind: str) -> frozenset[str]:
    """Return a closed set of words of word_sets.tsv, both languages' together and folded: `word_set("or-not")`."""
    rows = (row["form"] for row in read_table("word_sets.tsv") if row["kind"] == kind)
    found = frozenset(spelling for form in rows for spelling in spellings(form))
    if not found:
        raise KeyError(kind)
    return found


@lru_cache(maxsize=1)
def name_pairs() -> dict[str, frozenset[str]]:
    """English name words and the Hindi words that may stand for them, both folded."""
    pairs: dict[str, set[str]] = {}
    for row in read_table("names.tsv"):
        hindi = words(row["hi"]).keys
        for key in words(row["en"]).keys:
            pairs.setdefault(key, set()).update(hindi)
    return {en: frozenset(hi) for en, hi in pairs.items()}


def cues(word: str, lang: Lang) -> frozenset[str]:
    """Return what a folded word may signal (`negation`, `future`, ...), by the forms of cues.tsv."""
    found = frozenset(_cue_forms(lang).of(word))
    return _NONE if not found or "plain" in found else found  # all words that signal nothing share one


@lru_cache(maxsize=2)
def _cue_forms(lang: Lang) -> Forms[str]:
    told = [row for row in read_table("cues.tsv") if row["lang"] == lang]
    rows = [(spelling, row["kind"]) for row in told for spelling in spellings(row["form"])]
    return Forms(rows, after=lambda size: 2 * (size < 4))


_NONE: Final = frozenset[str]()
