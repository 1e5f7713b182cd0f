"""Sayings with numbers in them, as the tokens that tell them: चार चाँद लगाना, नौ दो ग्यारह होना."""

from functools import cache

from tithi.numerals.tokens import tokens
from tithi.numerals.words import number_words

__all__ = ["Phrases", "phrase_at", "phrases", "saying_at"]

#: Phrases as tokens with their value, longest first, by their first token.
Phrases = dict[str, list[tuple[tuple[str, ...], str]]]

_LONGEST = 6


def phrases(told: dict[str, str]) -> Phrases:
    """Return phrases, given as they are written with their values, as the tokens that tell them."""
    forms: Phrases = {}
    for form, value in told.items():
        words = tuple(tokens(form).texts)
        forms.setdefault(words[0], []).append((words, value))
    return {first: sorted(alike, key=lambda one: -len(one[0])) for first, alike in forms.items()}


def phrase_at(forms: Phrases, texts: list[str], index: int) -> tuple[str, int] | None:
    """Return the value of the longest phrase at a token and the token after, None where none of them stands."""
    if not 0 <= index < len(texts) or texts[index] not in forms:
        return None
    ahead = tuple(texts[index : index + _LONGEST])
    for words, value in forms[texts[index]]:
        if ahead[: len(words)] == words:
            return value, index + len(words)
    return None


@cache
def _sayings() -> Phrases:
    return phrases(number_words().kinds["saying"])


def saying_at(texts: list[str], index: int) -> tuple[str, int] | None:
    """Return the number of the saying at a token, which is no count, and the token after."""
    return phrase_at(_sayings(), texts, index)
