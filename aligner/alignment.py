r"""Two articles in, their alignment out: the aligner's front door.

>>> result = align("2019\nवर्षा हुई।", "2019\nIt rained.")
>>> [(bead.hi, bead.en, bead.date) for bead in result.beads]
[((0, 1), (0, 1), '2019')]
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from tithi import arguments
from tithi.aligner.beads import find_beads
from tithi.aligner.corridor import heaviest_chain
from tithi.aligner.explanation import Explainer, Explanation
from tithi.aligner.found import Found
from tithi.aligner.judge import load_judge
from tithi.aligner.links import link_segments
from tithi.aligner.moves import read_elsewhere
from tithi.aligner.nodes import IntArray
from tithi.aligner.order import english_order, told_backwards
from tithi.aligner.segments import Cut, cut_article, cut_lines
from tithi.aligner.sides import make_sides
from tithi.aligner.ties import agreement_of, starts_of, ties_of
from tithi.encoder import load
from tithi.encoder.protocol import Encoder
from tithi.records import Alignment, Article, Bead, Range

__all__ = ["align", "align_cuts", "cut_sides", "explain", "moved_beads", "search_cuts"]

#: The most searches of a document: in order, or in reverse, and with what is told elsewhere put where it belongs.
_SEARCHES = 3


def align(  # noqa: PLR0913 - each is a thing of its own
    hi: Article | str,
    en: Article | str,
    *,
    id: str = "pair",  # noqa: A002
    encoder: Encoder | str | Path | None = None,
    lines: bool = False,
    keep_lines: bool = False,
    monotone: bool = False,
) -> Alignment:
    """Align a Hindi and an English article.

    Args:
        hi: The Hindi article, or its text.
        en: The English one.
        id: The alignment's id.
        encoder: An encoder or the name or path of one; the model that comes with the package by default.
        lines: Take each line as one sentence, as it is.
        keep_lines: Let each line break end a sentence; else the lines of hard-wrapped text are joined.
        monotone: Keep the order of both sides; else passages told elsewhere are found too.

    Returns:
        Segments, sentences and beads; every sentence lies in exactly one bead, every segment in exactly one link.
        A text without sentences gives an alignment of nulls.

    Raises:
        DataError: The encoder cannot be loaded or gives vectors that are not finite.
        MissingExtraError: The encoder needs an extra that is not installed.
        UsageError: A side is no text and no article of its language, is a path, or the sides are exchanged.
    """
    loaded = _loaded(encoder)
    cuts = cut_sides(*_articles(hi, en, "align"), lines=lines, keep_lines=keep_lines)
    return align_cuts(*cuts, id=id, encoder=loaded, monotone=monotone)


def explain(  # noqa: PLR0913 - as above
    hi: Article | str,
    en: Article | str,
    *,
    encoder: Encoder | str | Path | None = None,
    lines: bool = False,
    keep_lines: bool = False,
    monotone: bool = False,
) -> tuple[Alignment, list[Explanation]]:
    """Align as `align` does, and tell of each bead, in the order of `Alignment.beads`, what its score is made of."""
    loaded = _loaded(encoder)
    told: list[Explanation] = []
    cuts = cut_sides(*_articles(hi, en, "explain"), lines=lines, keep_lines=keep_lines)
    return align_cuts(*cuts, id="pair", encoder=loaded, explanations=told, monotone=monotone), told


def cut_sides(hi: Article, en: Article, *, lines: bool = False, keep_lines: bool = False) -> tuple[Cut, Cut]:
    """Cut both sides into segments and sentences, see `align` and `align_cuts`."""
    cut = cut_lines if lines else partial(cut_article, keep_lines=keep_lines)
    return cut(hi), cut(en)


def align_cuts(  # noqa: PLR0913 - as above
    hi: Cut,
    en: Cut,
    *,
    id: str,  # noqa: A002
    encoder: Encoder,
    monotone: bool = False,
    explanations: list[Explanation] | None = None,
) -> Alignment:
    """Align two articles that are cut already, see `align`; `explanations` takes one for each bead, see `explain`."""
    found, told = search_cuts(hi, en, encoder, monotone=monotone, explained=explanations is not None)
    if explanations is not None:
        explanations += told
    links = link_segments(hi, en, [bead for bead in found if not bead.is_null])
    of_hi = {segment: index for index, link in enumerate(links) for segment in link.hi}
    of_en = {segment: index for index, link in enumerate(links) for segment in link.en}
    in_hi, in_en = hi.owners, en.owners
    beads = []
    elsewhere = moved_beads(found)
    scores = load_judge().calibration.scores(found, elsewhere, (hi.texts, en.texts))
    for bead, score, moved in zip(found, scores, elsewhere, strict=True):
        if bead.hi[0] < bead.hi[1]:
            segment = in_hi[bead.hi[0]]
            date, link = hi.document.segments[segment].date, of_hi[segment]
            if date is None and bead.en[0] < bead.en[1]:
                date = en.document.segments[in_en[bead.en[0]]].date
        else:
            segment = in_en[bead.en[0]]
            date, link = en.document.segments[segment].date, of_en[segment]
        beads.append(Bead(bead.hi, bead.en, score, date, link, bead.reason, moved, bead.rival))
    return Alignment(id, hi.document, en.document, tuple(links), tuple(beads))


def _loaded(encoder: Encoder | str | Path | None) -> Encoder:
    if encoder is None or isinstance(encoder, str | Path):
        return load(encoder)
    if not hasattr(encoder, "encode"):
        arguments.encoder(encoder, "encoder")
    return encoder


def _articles(hi: Article | str, en: Article | str, where: str) -> tuple[Article, Article]:
    both = arguments.article(hi, "hi", where), arguments.article(en, "en", where)
    arguments.sides(both[0].text, both[1].text, where)
    return both


def search_cuts(
    hi: Cut, en: Cut, encoder: Encoder, *, monotone: bool = False, explained: bool = False
) -> tuple[list[Found], list[Explanation]]:
    """Return the beads and, where wanted, what explains them: first in one order, then moved runs in place.

    Scores are the probabilities of the search, see `tithi.aligner.calibration`.
    """
    judge = load_judge()
    side_hi, side_en, vectors = make_sides(hi.texts, en.texts, encoder)
    agreement = agreement_of(hi, en)
    order = np.arange(len(en.texts))
    if not monotone:
        ranges = english_order(side_hi.sums, side_en.sums, starts_of(hi), starts_of(en), agreement)
        order = np.concatenate([np.arange(*part) for part in ranges])
    pays = np.zeros(len(order))
    best: tuple[list[Found], list[Explanation]] | None = None
    for searches in range(_SEARCHES):
        ties = ties_of(hi, en, agreement, order, pays, judge.habits.crossing)
        side, told = side_en.reordered(order), list[Explanation]()
        if vectors is not None:
            vectors.reorder(order)
        witness = Explainer(told, ties, order.tolist()) if explained else None
        found = find_beads(side_hi, side, judge, ties, vectors, witness=witness)
        if best is not None and _worth(found) <= _worth(best[0]):
            break
        best = _in_order(found, order), told or [Explanation() for _ in found]
        if monotone:
            break
        if not searches and told_backwards(side_hi.sums, side_en.sums, found):
            order = np.arange(len(order))[::-1]
            continue
        reading = read_elsewhere(side_hi.sums, side.sums, found)
        if reading is None:
            break
        order, pays = order[reading.order], pays[reading.order] + reading.pays(judge.moving.of(reading.evidence))
    assert best is not None
    return best


def _worth(found: Sequence[Found]) -> float:
    """Return how many pairs are expected to be right; that a sentence is alone is told by an order, not of orders."""
    return sum((bead.score for bead in found if not bead.is_null), 0.0)


def moved_beads(found: Sequence[Found]) -> list[bool]:
    """Return which beads are told elsewhere: those outside the heaviest chain of beads in one order."""
    pairs = [k for k, bead in enumerate(found) if not bead.is_null]
    moved = [False] * len(found)
    first = np.array([found[k].en[0] for k in pairs], np.int64)
    if (np.diff(first) < 0).any():
        weight = np.array([found[k].hi[1] - found[k].hi[0] + found[k].en[1] - found[k].en[0] for k in pairs], float)
        staying = {pairs[k] for k in heaviest_chain(first, weight).tolist()}
        for k in pairs:
            moved[k] = k not in staying
    return moved


def _in_order(found: list[Found], order: IntArray) -> list[Found]:
    """Return the beads with the English sentences' own numbers; none crosses from one part of the order to another."""
    if not (np.diff(order) != 1).any():
        return found
    own = order.tolist()

    def of(en: Range) -> Range:
        ends = own[en[0]], own[en[1] - 1]
        return min(ends), max(ends) + 1

    beads = []
    for bead in found:
        rival = bead.rival
        if rival is not None and bead.en[0] == bead.en[1]:
            rival = of(rival[0]), rival[1]
        beads.append(replace(bead, en=of(bead.en) if bead.en[0] < bead.en[1] else bead.en, rival=rival))
    return beads
