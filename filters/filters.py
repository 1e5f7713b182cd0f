"""All filters by name: how each scores a pair, on which side of its threshold a pair is dropped, what it asks for.

A new filter is a function over `Evidence` and its line here; the presets give it a threshold.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from tithi.checks.checker import KINDS
from tithi.filters import figures, meaning, repeated, texts
from tithi.filters.evidence import Evidence
from tithi.filters.verdict import Said

__all__ = ["BY_NAME", "CORPUS", "FILTERS", "ISSUE", "Filter"]

Needs = Literal["text", "vectors", "checks", "corpus"]
ISSUE: Final = "issue-"
"""How the names of filters begin that are kinds of issues of the checks."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A named filter.

    `score` reads a pair, None where it has nothing to say of it; a filter that needs the whole corpus has none, see
    `tithi.filters.recurring`. `drops` tells on which side of the threshold a pair goes. `about` says what the score is.
    """

    name: str
    drops: Literal["above", "below"]
    needs: Needs
    about: str
    score: Callable[[Evidence], Said | None] | None = None

    def passes(self, score: float, threshold: float) -> bool:
        """Whether a pair with this score is dropped."""
        return score > threshold if self.drops == "above" else score < threshold


def _filter(
    name: str, drops: Literal["above", "below"], needs: Needs, score: Callable[[Evidence], Said | None]
) -> Filter:
    about = (score.__doc__ or "").split("\n")[0].rstrip(".")
    return Filter(name, drops, needs, about, score)


CORPUS: Final[dict[str, Filter]] = {
    found.name: found
    for found in (
        Filter("test-set", "above", "corpus", "sentences of it that stand in a file of --exclude"),
        Filter("boilerplate", "above", "corpus", "articles that a side of four words and more stands in"),
        Filter("duplicate", "above", "corpus", "pairs before it with the same words"),
        Filter("near-duplicate", "above", "corpus", "share of five-letter runs that a kept pair before it has too"),
    )
}
FILTERS: Final[tuple[Filter, ...]] = (
    _filter("wordless", "above", "text", texts.wordless),
    _filter("characters", "above", "text", texts.characters),
    _filter("long-word", "above", "text", texts.long_word),
    _filter("damage", "above", "text", texts.damage),
    _filter("tags", "above", "text", texts.tags),
    _filter("code", "above", "text", texts.code),
    _filter("copied", "above", "text", texts.copied),
    _filter("hindi-script", "below", "text", texts.hindi_script),
    _filter("english-script", "below", "text", texts.english_script),
    _filter("untranslated", "above", "text", texts.untranslated),
    _filter("repeats", "above", "text", repeated.repeats),
    _filter("stutter", "above", "text", repeated.stutter),
    _filter("ratio", "above", "text", texts.ratio),
    _filter("figures", "above", "text", figures.figures),
    _filter("language", "above", "text", meaning.foreign),
    _filter("similarity", "below", "vectors", meaning.similarity),
    _filter("margin", "below", "vectors", meaning.margin),
    _filter("balance", "above", "vectors", meaning.balance),
    _filter("cut", "above", "vectors", meaning.cut),
    _filter("order", "below", "text", meaning.order),
    _filter("adequacy", "below", "checks", meaning.adequacy),
    _filter("quality", "below", "checks", meaning.quality),
    *(
        Filter(f"{ISSUE}{kind}", "above", "checks", f"how sure the checks are of: {about}", meaning.issue(kind))
        for kind, about in KINDS.items()
    ),
    *CORPUS.values(),
)
"""Every filter, in the order in which they are asked: cheap ones first, the first that drops a pair is told."""
BY_NAME: Final[dict[str, Filter]] = {found.name: found for found in FILTERS}
