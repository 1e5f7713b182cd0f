"""The names that a faithful pair shares: material for exchanging names."""

from tithi.evidence.pair import read_pair
from tithi.rules.names import hindi_name
from tithi.script import is_devanagari

__all__ = ["found_names"]


def found_names(hi: str, en: str) -> list[tuple[str, str]]:
    """Return the names that a faithful pair shares, English and Hindi."""
    pair = read_pair(hi, en)
    found = []
    for word in pair.en_names:
        match = hindi_name(word, pair.hi_words)
        if match is not None and is_devanagari(match.key):
            found.append((word.text, match.text))
    return found
