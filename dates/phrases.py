"""Names of several words, as the tokens that tell them: eras and festivals."""

from functools import cache

from tithi.numerals.phrases import Phrases, phrase_at, phrases
from tithi.numerals.tokens import word_list

__all__ = ["era_forms", "festival_forms", "phrase_at"]


@cache
def era_forms() -> Phrases:
    """Return the names of eras with the letter of their era."""
    return phrases(word_list("tithi.dates", "words.tsv").kinds["era_name"])


@cache
def festival_forms() -> Phrases:
    """Return the names of festivals with the rule for their day."""
    return phrases(word_list("tithi.dates", "festivals.tsv").kinds["festival"])
