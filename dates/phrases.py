"""Names of several words, as the tokens that tell them: eras and festivals."""

from functools import cache

from tithi.numerals.tokens import tokens, word_list

__all__ = ["Phrases", "era_forms", "festival_forms", "phrase_at"]

#: Phrases as tokens with their value, longest first, by their first token.
Phrases = dict[str, list[tuple[tuple[str, ...], str]]]

_LONGEST = 6


@cache
def era_forms() -> Phrases:
    """Return the names of eras with the letter of their era."""
    return _phrases(word_list("tithi.dates", "words.tsv").kinds["era_name"])


@cache
def festival_forms() -> Phrases:
    """Return the names of festivals with the rule for their day."""
    return _phrases(word_list("tithi.dates", "festivals.tsv").kinds["festival"])


def _phrases(told: dict[str, str]) -> Phrases:
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
