"""The figures of an alignment run, gathered one alignment at a time: coverage, anchors, bead types, scores.

The accumulator holds counts and a fine histogram of scores, never the alignments, so that memory does not grow with the
corpus.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tithi.records import Alignment, Document, Lang, Range

__all__ = ["Figures", "Share", "figures"]

_BINS = 1000  # score bins kept; quantiles are exact to 1 / _BINS
_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(slots=True)
class Share:
    """How much of one side stands in beads with a counterpart: sentences, and characters of sentences."""

    sentences: int = 0
    aligned_sentences: int = 0
    characters: int = 0
    aligned_characters: int = 0

    def add(self, document: Document, paired: Iterable[Range]) -> None:
        """Count a document whose sentences in `paired` ranges have counterparts."""
        self.sentences += len(document.sentences)
        self.characters += sum(s.stop - s.start for s in document.sentences)
        for first, last in paired:
            self.aligned_sentences += last - first
            self.aligned_characters += sum(s.stop - s.start for s in document.sentences[first:last])

    def to_dict(self) -> dict[str, int | float | None]:
        """Return the counts and the two shares in [0, 1], None of an empty side."""
        return {
            "sentences": self.sentences,
            "aligned_sentences": self.aligned_sentences,
            "sentence_coverage": _share(self.aligned_sentences, self.sentences),
            "characters": self.characters,
            "aligned_characters": self.aligned_characters,
            "character_coverage": _share(self.aligned_characters, self.characters),
        }


@dataclass(slots=True)
class Figures:
    """A running account of alignments; `add` them, take `to_dict` at the end."""

    articles: int = 0
    coverage: dict[Lang, Share] = field(default_factory=lambda: {"hi": Share(), "en": Share()})
    segments: Counter[str] = field(default_factory=Counter)
    links: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    histogram: list[int] = field(default_factory=lambda: [0] * (_BINS + 1))
    score_sum: float = 0.0

    def add(self, alignment: Alignment) -> None:
        """Count one alignment."""
        self.articles += 1
        paired = list(alignment.pairs())
        self.coverage["hi"].add(alignment.hi, (bead.hi for bead in paired))
        self.coverage["en"].add(alignment.en, (bead.en for bead in paired))
        for lang, document in (("hi", alignment.hi), ("en", alignment.en)):
            self.segments[f"{lang}"] += len(document.segments)
            self.segments[f"{lang}_dated"] += sum(s.date is not None for s in document.segments)
        for link in alignment.links:
            matched = bool(link.hi and link.en)
            self.links[link.basis] += 1
            self.links["conflict"] += link.conflict
            self.segments["hi_matched"] += len(link.hi) * matched
            self.segments["en_matched"] += len(link.en) * matched
        self.types.update(bead.kind for bead in alignment.beads)
        for bead in paired:
            self.histogram[round(min(max(bead.score, 0.0), 1.0) * _BINS)] += 1
            self.score_sum += bead.score

    def to_dict(self) -> dict[str, object]:
        """Return plain data for `metrics.json` and the card; shares in [0, 1], None where nothing was counted."""
        kinds = ("hi", "hi_dated", "hi_matched", "en", "en_dated", "en_matched")
        return {
            "articles": self.articles,
            "pairs": sum(self.histogram),
            "coverage": {lang: coverage.to_dict() for lang, coverage in self.coverage.items()},
            "segments": {kind: self.segments[kind] for kind in kinds},
            "links": {k: self.links[k] for k in ("date", "content", "position", "none", "conflict")},
            "bead_types": dict(sorted(self.types.items(), key=lambda item: (-item[1], item[0]))),
            "score": self._scores(),
        }

    def _scores(self) -> dict[str, object]:
        count = sum(self.histogram)
        tenths = [0] * 10
        for i, n in enumerate(self.histogram):
            tenths[min(i * 10 // _BINS, 9)] += n
        return {
            "mean": _share(self.score_sum, count),
            "quantiles": {f"{q:g}": self._quantile(q, count) for q in _QUANTILES} if count else None,
            "histogram": tenths,
        }

    def _quantile(self, q: float, count: int) -> float:
        """The smallest score at or below which a share of at least q of the pairs lies."""
        seen = 0
        for i, n in enumerate(self.histogram):
            seen += n
            if seen >= q * count:
                return i / _BINS
        return 1.0


def figures(alignments: Iterable[Alignment]) -> Figures:
    """Gather the figures of a stream of alignments."""
    account = Figures()
    for alignment in alignments:
        account.add(alignment)
    return account


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
