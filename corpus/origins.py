"""Where a dataset's articles come from and what may be done with them, added up as the articles pass.

Unknown stays unknown: an origin that is not stated is counted as such, and a licence is that of the dataset only when
every article on both sides states the same. Memory is bounded: the first are kept by name, the rest counted.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from tithi.records import Source

__all__ = ["Origin", "Sources", "source_name"]

_MAX_ORIGINS: Final = 200
_MAX_LISTED: Final = 50


@dataclass(frozen=True, slots=True)
class Origin:
    """Who published articles, and the licence they stated; None where it is unknown."""

    publisher: str | None
    licence: str | None


class Sources:
    """The origins of both sides, counted; the first fifty article pairs by name.

    `origins` counts articles (Hindi and English apart) by origin; `others` counts those beyond the first 200 origins.
    """

    def __init__(self) -> None:
        self.origins: Counter[Origin] = Counter()
        self.others = 0
        self.listed: list[tuple[str, Source, Source]] = []
        self.pairs = 0
        self.unstated = 0
        self._licences: set[str | None] = set()

    def add(self, article_id: str, hi: Source, en: Source) -> None:
        """Count an article pair."""
        self.pairs += 1
        if len(self.listed) < _MAX_LISTED:
            self.listed.append((article_id, hi, en))
        for source in (hi, en):
            self.unstated += source.licence is None
            if len(self._licences) < 2:
                self._licences.add(source.licence)
            origin = Origin(source_name(source), source.licence)
            if origin in self.origins or len(self.origins) < _MAX_ORIGINS:
                self.origins[origin] += 1
            else:
                self.others += 1

    @property
    def licence(self) -> str | None:
        """The licence that every article states, None if one states none or another."""
        return next(iter(self._licences)) if len(self._licences) == 1 else None


def source_name(*sources: Source) -> str | None:
    """Return the first publisher, else the host of the first address, None where none is known."""
    publisher = next((source.publisher for source in sources if source.publisher), None)
    return publisher or next((host for source in sources if (host := _host(source.url))), None)


def _host(url: str | None) -> str | None:
    """Return the host of a web address, None if it has none."""
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:
        return None
