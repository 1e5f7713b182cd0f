"""The decisions that stand on the article pairs of a dataset as it is now, with their places there.

In a dataset of a bitext a decision goes with its pair, which may stand in another article by now; see `pairwise`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tithi.corpus.folder import read_marker
from tithi.records import Span
from tithi.report.stories import Story
from tithi.review.decisions import Decision
from tithi.review.library import text_digest
from tithi.review.pairwise import Pairwise
from tithi.review.placed import placed
from tithi.review.store import Store

__all__ = ["Standing", "came_aligned"]

_GIVEN: Final = "as given"


class Standing:
    """The decisions of a store that stand."""

    def __init__(self, store: Store, *, given: bool = False) -> None:
        """`given`: the dataset was made of a bitext."""
        self.by_article: dict[str, list[Decision]] = {}
        for decision in store.decisions():
            self.by_article.setdefault(decision.article, []).append(decision)
        digests = {one.digest for group in self.by_article.values() for one in group} if given else set()
        self._texts = {digest: text for digest in digests if (text := store.text(digest)) is not None}
        self._pairwise = Pairwise(self.by_article.values(), self._texts) if given else None
        self._text = store.text

    def of(self, story: Story) -> list[Decision]:
        """Return those on an article pair, in order, with the places that they have in it."""
        own = self.by_article.get(story.id, [])
        if not self.by_article or (self._pairwise is None and not own):
            return []
        texts = story.article["hi"], story.article["en"]
        digest = text_digest(*texts)
        if all(decision.digest == digest for decision in own) and (own or self._pairwise is None):
            return own
        if self._pairwise is not None:
            own = self._pairwise.here(_pairs(story), own, digest)
        return placed(own, lambda wanted: texts if wanted == digest else self._text(wanted), *texts)[0]


def came_aligned(dataset: str | Path) -> bool:
    """Return whether a dataset was made of a bitext.

    Raises:
        DataError: It is no dataset built by tithi.
    """
    return read_marker(dataset).settings.get("alignment") == _GIVEN


def _pairs(story: Story) -> Iterator[tuple[Span, Span, str, str]]:
    """Yield the pairs of a bitext with their places, those that were taken apart among them."""
    for row in story.sentences:
        yield tuple(row["hi_span"]), tuple(row["en_span"]), row["translation"]["hi"], row["translation"]["en"]
    hi, en = ([row for row in story.unaligned if row["lang"] == lang] for lang in ("hi", "en"))
    if len(hi) == len(en):
        for left, right in zip(hi, en, strict=True):
            yield tuple(left["span"]), tuple(right["span"]), left["text"], right["text"]
