"""Which words of a pair say the same, by the encoder that ships with the package."""

from collections.abc import Sequence

from tithi.encoder import load
from tithi.encoder.words import word_links
from tithi.evidence.words import words
from tithi.records import Span

__all__ = ["linked_words"]

_MAX_WORDS = 250
"""Longer sides are linked in their first words only: the comparison is quadratic."""


def linked_words(pairs: Sequence[tuple[str, str]]) -> list[list[tuple[Span, Span]]]:
    """Return the linked words of each pair `(hi, en)`: the places of the Hindi and of the English word, in Hindi order.

    A verb of several words is linked as a whole, so that a word may stand in many links.

    Example: of `नदी गहरी है` and `the river is deep`, `नदी` and `river`, `गहरी` and `deep`.
    """
    hi, en = [words(text) for text, _ in pairs], [words(text) for _, text in pairs]
    linked = word_links([side.texts[:_MAX_WORDS] for side in hi], [side.texts[:_MAX_WORDS] for side in en], load())
    return [
        [(ours.spans[link.hi], theirs.spans[link.en]) for link in links]
        for ours, theirs, links in zip(hi, en, linked, strict=True)
    ]
