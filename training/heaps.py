"""Two heaps of articles with known pairs, cut from parallel lines in the order of their documents.

A document is cut into stretches. Some are in both heaps, each side cut to a run of its own and thinned; the others are
in one heap alone and have no partner, although their neighbours, the stretches before and behind, are much like one.
"""

import lzma
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tithi.records import Article, Lang, Source

__all__ = ["Cutting", "Documents", "Heaps", "dev_documents", "make_heaps", "train_documents"]

_SUBJECT = 10
_BACKWARDS = 0.5
Documents = list[list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Cutting:
    """How documents become heaps.

    `lines` a stretch, the least `run` of them that a side keeps, the share `thinned` out of that, the share of
    stretches that are `alone` in one heap, and the share of `words` that are lost at most. `common` lines of its
    document stand in each of its articles, as in the parts of a series. Each article with a partner has `distractors`
    on the other side, on its own subject: other lines of its document (of all, where that is short), and of its own
    the share `copied`. The share `turned` of articles tells its lines in another order, newest first say; the share
    `copies` of those with a partner stands once more in its heap, with a line less and other words lost.
    """

    lines: tuple[int, int] = (4, 16)
    run: float = 0.6
    thinned: float = 0.1
    alone: float = 0.37
    words: float = 0.0
    common: int = 0
    distractors: int = 0
    copied: float = 0.0
    turned: float = 0.0
    copies: float = 0.0


@dataclass(frozen=True, slots=True)
class Heaps:
    """Two heaps, and the index of the English partner of each Hindi article that has one.

    Two sides of a stretch that share no line are no partners: nothing in them could tell. `copies` are the pairs that a
    copy of a partner makes.
    `lines` are for each heap and article the numbers of its lines among all lines of the documents.
    """

    hi: list[Article]
    en: list[Article]
    gold: dict[int, int]
    lines: tuple[list[list[int]], list[list[int]]] = ([], [])
    copies: frozenset[tuple[int, int]] = frozenset()

    def partners(self, hi: int, en: int) -> bool:
        """Return whether two articles tell the same story."""
        return self.gold.get(hi) == en or (hi, en) in self.copies


def dev_documents(name: str, data: Path, file: str = "*") -> Documents:
    """Return the documents of a development set (`tico19`, `flores200`, `faithful`), line pairs in order."""
    documents = []
    for path in sorted((data / name).glob(f"{file}.hi")):
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
    lines = [pair for document in documents for pair in document]
    cut = _Cut(cutting, rng, len(lines))
    first = 0
    for document in documents:
        cut.add(range(first, first + len(document)))
        first += len(document)
    order = {lang: rng.sample(range(len(side)), len(side)) for lang, side in cut.sides.items()}
    place = {lang: {old: new for new, old in enumerate(side)} for lang, side in order.items()}
    told = [[cut.sides[lang][k] for k in order[lang]] for lang in order]
    hi, en = (
        [_article(numbers, lang, n, lines, cutting, rng) for n, numbers in enumerate(side)]
        for lang, side in zip(order, told, strict=True)
    )
    gold = {place["hi"][a]: place["en"][b] for a, b in cut.pairs}
    copies = frozenset((place["hi"][a], place["en"][b]) for a, b in cut.copies)
    return Heaps(hi, en, gold, (told[0], told[1]), copies)


class _Cut:
    """The numbers of the lines of each article so far, and which articles belong together."""

    def __init__(self, cutting: Cutting, rng: random.Random, lines: int) -> None:
        self.cutting, self.rng, self.lines = cutting, rng, lines
        self.sides: dict[Lang, list[list[int]]] = {"hi": [], "en": []}
        self.pairs: list[tuple[int, int]] = []
        self.copies: list[tuple[int, int]] = []

    def add(self, document: range) -> None:
        """Cut a document."""
        at = 0
        while at < len(document):
            stretch = document[at : at + self.rng.randint(*self.cutting.lines)]
            at += len(stretch)
            alone = self.rng.random() < self.cutting.alone
            langs: tuple[Lang, ...] = (self.rng.choice(("hi", "en")),) if alone else ("hi", "en")
            kept = [_kept(stretch, document, self.cutting, self.rng) for _ in langs]
            for lang, numbers in zip(langs, kept, strict=True):
                self.sides[lang].append(numbers)
            if not alone:
                self._pair(stretch, document, kept)

    def _pair(self, stretch: range, document: range, kept: list[list[int]]) -> None:
        """Note that the last two articles are partners, and give them distractors and copies."""
        rng, sides = self.rng, self.sides
        together = len(sides["hi"]) - 1, len(sides["en"]) - 1
        found = bool(set(kept[0]) & set(kept[1]))
        if found:
            self.pairs.append(together)
        lang: Lang = rng.choice(("hi", "en"))
        subject = document if len(document) > _SUBJECT * len(stretch) else range(self.lines)
        sides[lang] += [_distractor(stretch, subject, self.cutting, rng) for _ in range(self.cutting.distractors)]
        if found and rng.random() < self.cutting.copies:
            own = list(kept[0] if lang == "hi" else kept[1])
            if len(own) > 1:
                own.pop(rng.randrange(len(own)))
            if set(own) & set(kept[1] if lang == "hi" else kept[0]):
                sides[lang].append(own)
                copy = len(sides[lang]) - 1
                self.copies.append((copy, together[1]) if lang == "hi" else (together[0], copy))


def _kept(stretch: range, document: range, cutting: Cutting, rng: random.Random) -> list[int]:
    """Return the lines of a stretch that one side keeps, with those that its series has in common."""
    size = max(1, round(len(stretch) * rng.uniform(cutting.run, 1.0)))
    first = rng.randint(0, len(stretch) - size)
    kept = [line for line in stretch[first : first + size] if rng.random() >= cutting.thinned]
    kept = kept or list(stretch[first : first + 1])
    if rng.random() < cutting.turned:
        kept = kept[::-1] if rng.random() < _BACKWARDS else rng.sample(kept, len(kept))
    return kept + list(document[: cutting.common])


def _distractor(stretch: range, subject: range, cutting: Cutting, rng: random.Random) -> list[int]:
    """Return as many lines as the stretch has, most of them from elsewhere on its subject."""
    others = [line for line in subject if line not in stretch] or list(stretch)
    lines = [rng.choice(stretch) if rng.random() < cutting.copied else rng.choice(others) for _ in range(len(stretch))]
    return sorted(set(lines))


def _article(  # noqa: PLR0913, PLR0917
    numbers: list[int], lang: Lang, name: int, lines: Sequence[tuple[str, str]], cutting: Cutting, rng: random.Random
) -> Article:
    lost = rng.uniform(0, cutting.words)
    texts = [_with_loss(lines[k][0 if lang == "hi" else 1], lost, rng) for k in numbers]
    return Article(lang, "\n".join(texts) + "\n", Source(f"{lang}/{name}"))


def _with_loss(line: str, lost: float, rng: random.Random) -> str:
    return " ".join(word for word in line.split() if rng.random() >= lost) or line
