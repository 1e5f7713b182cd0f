"""Filters in a build: pairs of an article that they drop are taken apart, and kept in `OUT/rejects`."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tithi.corpus.dropped import FIGURES
from tithi.corpus.origins import source_name
from tithi.filters.drops import Drops, RejectFiles
from tithi.filters.judge import Thresholds, judge
from tithi.filters.recurring import Corpus
from tithi.filters.verdict import Row, Verdict
from tithi.pipeline.checked import Checked
from tithi.pipeline.stored import checked_parts
from tithi.records import Bead, Source, TextPair

__all__ = ["Sieve", "judged", "judged_part", "part_rows", "without"]


class Sieve:
    """Filters over article pairs that come one after the other.

    Args:
        thresholds: Which filters run.
        folder: The dataset that is being written; `rejects` grows in it.
        recurring: What recurs across articles, see `tithi.filters.recurring.boilerplate`; None: what comes again is
            dropped from then on, as an article is judged before the next is known.
    """

    def __init__(self, thresholds: Thresholds, folder: Path, recurring: Mapping[int, int] | None = None) -> None:
        self._thresholds = thresholds
        self._corpus = Corpus(thresholds, recurring)
        self._drops = Drops()
        self._rejects = RejectFiles(folder)

    def kept(self, result: Checked, verdicts: Sequence[Verdict | None] | None = None) -> Checked:
        """Return an article pair with what filters drop taken apart; `verdicts` are those of `judged`, if known."""
        rows = _rows(result)
        told = judge(rows, self._thresholds) if verdicts is None else verdicts
        return without(result, self.verdicts(rows, told))

    def verdicts(self, rows: Sequence[Row], judged: Sequence[Verdict | None]) -> list[Verdict | None]:
        """Return why each pair of an article is dropped, by its own verdict or by what came before, and keep it."""
        told = []
        for row, own in zip(rows, judged, strict=True):
            verdict = own or self._corpus.verdict(row)
            self._drops.add(row, verdict, row.source)
            if verdict is not None:
                name = re.sub(r"[^A-Za-z0-9._-]+", "-", row.source).strip(".-")[:80] or "pairs"
                self._rejects.add(row, verdict, name)
            told.append(verdict)
        return told

    def figures(self) -> dict[str, object]:
        """Return figures for `metrics.json` by their name there."""
        return {FIGURES: self._drops.figures(self._thresholds)}


def without(result: Checked, verdicts: Sequence[Verdict | None]) -> Checked:
    """Return an article pair with the pairs taken apart that have a verdict."""
    both = zip(result.alignment.pairs(), verdicts, strict=True)
    bad: dict[Bead, Verdict] = {bead: verdict for bead, verdict in both if verdict is not None}
    for name in dict.fromkeys(verdict.filter for verdict in bad.values()):
        mine = {bead for bead, verdict in bad.items() if verdict.filter == name}
        result = result.without(mine.__contains__, f"dropped by the filter {name}")
    return result


def judged_part(thresholds: Thresholds, part: Any) -> list[Verdict | None]:
    """Return what the filters that need no more than the article say of the pairs of a part."""
    (checked,) = checked_parts(part)
    return judged(checked, thresholds)


def part_rows(part: Any) -> list[Row]:
    """Return the pairs of a part as filters compare them over the corpus, without their quality."""
    (of,) = part.select(["id", "hi_source", "en_source", "sentences"]).to_pylist()
    name, source = of["id"], _source(Source("", **of["en_source"]), Source("", **of["hi_source"]))
    texts = (row["translation"] for row in of["sentences"])
    return [
        Row(TextPair(f"{name}:{number}", text["hi"], text["en"], name), source, name)
        for number, text in enumerate(texts, 1)
    ]


def judged(result: Checked, thresholds: Thresholds) -> list[Verdict | None]:
    """Return what the filters that need no more than the article say of its pairs: the work that any process can do."""
    return judge(_rows(result), thresholds)


def _rows(result: Checked) -> list[Row]:
    alignment = result.alignment
    origins = alignment.en.article.source, alignment.hi.article.source
    source = _source(*origins)
    texts = ((alignment.hi.text(bead.hi), alignment.en.text(bead.en)) for bead in alignment.pairs())
    return [
        Row(TextPair(f"{alignment.id}:{number}", hi, en, alignment.id), source, alignment.id, quality)
        for number, ((hi, en), quality) in enumerate(zip(texts, result.quality, strict=True), 1)
    ]


def _source(en: Source, hi: Source) -> str:
    return source_name(en, hi) or Path(en.path.partition("#")[0]).name or "pairs"
