"""Names of several words, as the tokens that tell them: eras and festivals."""

from functools import cache

from tithi.numerals.phrases import Phrases, phrase_at, phrases
from tithi.numerals.tokens import Tokens, tokens, word_list

__all__ = ["era_forms", "festival_forms", "is_known_title", "phrase_at"]


@cache
def era_forms() -> Phrases:
    """Return the names of eras with the letter of their era."""
    return phrases(word_list("tithi.dates", "words.tsv").kinds["era_name"])


@cache
def _titles() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Return the words around the numbers of well-known works, by the number: the kind and the tokens."""
    titles: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    kinds = word_list("tithi.dates", "words.tsv").kinds
    for kind in ("title_before", "title_behind"):
        for form, number in kinds[kind].items():
            titles.setdefault(number, []).append((kind, tuple(tokens(form).texts)))
    return titles


def is_known_title(found: Tokens, index: int) -> bool:
    """Whether the number at a token is in the title of a well-known work: Blade Runner 2049, `1942: A Love Story`."""
    texts = found.texts
    for kind, words in _titles().get(texts[index], ()):
        start = index + 1 if kind == "title_behind" else max(0, index - len(words))
        if tuple(texts[start : start + len(words)]) == words and (
            not words[0].isascii() or not words[0].isalpha() or found.capital(start)
        ):
            return True
    return False


@cache
def festival_forms() -> Phrases:
    """Return the names of festivals with the rule for their day."""
    return phrases(word_list("tithi.dates", "festivals.tsv").kinds["festival"])
