"""Two heaps of articles with known pairs, cut from parallel lines in the order of their documents.

A document is cut into stretches. Some are in both heaps, each side cut to a run of its own and thinned; the others are
in one heap alone and have no partner, although their neighbours, the stretches before and behind, are much like one.
"""

import lzma
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tithi.records import Article, Lang, Source

__all__ = ["Cutting", "Documents", "Heaps", "dev_documents", "make_heaps", "train_documents"]

Documents = list[list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Cutting:
    """How documents become heaps.

    `lines` a stretch, the least `run` of them that a side keeps, the share `thinned` out of that, the share of
    stretches that are `alone` in one heap, and the share of `words` that are lost at most.
    """

    lines: tuple[int, int] = (4, 16)
    run: float = 0.6
    thinned: float = 0.1
    alone: float = 0.37
    words: float = 0.0


@dataclass(frozen=True, slots=True)
class Heaps:
    """Two heaps, and the index of the English partner of each Hindi article that has one."""

    hi: list[Article]
    en: list[Article]
    gold: dict[int, int]


def dev_documents(name: str, data: Path) -> Documents:
    """Return the documents of a development set (`tico19`, `flores200`, `faithful`), line pairs in order."""
    documents = []
    for path in sorted((data / name).glob("*.hi")):
        sides = (side.read_text(encoding="utf-8").split("\n") for side in (path, path.with_suffix(".en")))
        pairs = [(hi.strip(), en.strip()) for hi, en in zip(*sides, strict=True)]
        documents.append([pair for pair in pairs if all(pair)])
    return documents


def train_documents(names: Iterable[str], data: Path, most: int = 8000) -> Documents:
    """Return training sources, each as one document of at most `most` line pairs."""
    documents = []
    for name in names:
        text = lzma.decompress((data / f"{name}.tsv.xz").read_bytes()).decode("utf-8")
        rows = (line.split("\t") for line in text.split("\n") if line)
        documents.append([(row[0], row[1]) for row in rows][:most])
    return documents


def make_heaps(documents: Documents, cutting: Cutting, seed: int) -> Heaps:
    """Return heaps cut from documents; the same seed gives the same."""
    rng = random.Random(seed)
    hi: list[Article] = []
    en: list[Article] = []
    pairs = []
    for document in documents:
        at = 0
        while at < len(document):
            stretch = document[at : at + rng.randint(*cutting.lines)]
            at += len(stretch)
            alone = rng.random() < cutting.alone
            sides: tuple[Lang, ...] = (rng.choice(("hi", "en")),) if alone else ("hi", "en")
            for side in sides:
                article = _article(stretch, side, cutting, rng)
                (hi if side == "hi" else en).append(article)
            if not alone:
                pairs.append((len(hi) - 1, len(en) - 1))
    order = rng.sample(range(len(hi)), len(hi)), rng.sample(range(len(en)), len(en))
    place = [{old: new for new, old in enumerate(side)} for side in order]
    gold = {place[0][a]: place[1][b] for a, b in pairs}
    return Heaps(
        [_named(hi[k], n) for n, k in enumerate(order[0])], [_named(en[k], n) for n, k in enumerate(order[1])], gold
    )


def _named(article: Article, number: int) -> Article:
    return replace(article, source=Source(f"{article.lang}/{number}"))


def _article(stretch: Sequence[tuple[str, str]], lang: Lang, cutting: Cutting, rng: random.Random) -> Article:
    size = max(1, round(len(stretch) * rng.uniform(cutting.run, 1.0)))
    first = rng.randint(0, len(stretch) - size)
    kept = [line for line in stretch[first : first + size] if rng.random() >= cutting.thinned]
    kept = kept or list(stretch[first : first + 1])
    lost = rng.uniform(0, cutting.words)
    lines = [_with_loss(hi if lang == "hi" else en, lost, rng) for hi, en in kept]
    return Article(lang, "\n".join(lines) + "\n", Source(""))


def _with_loss(line: str, lost: float, rng: random.Random) -> str:
    return " ".join(word for word in line.split() if rng.random() >= lost) or line
