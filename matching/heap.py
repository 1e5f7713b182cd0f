"""A heap of articles as matching sees it: a vector for each sentence and article, numbers, names, days and traces.

Of 100,000 articles of a dozen sentences the vectors take 0.6 GB; the texts are not kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.sentences import split_sentences
from tithi.encoder.protocol import Encoder, FloatArray
from tithi.matching.tokens import Bags, Tokens, bags, names_in, numbers_in, tokens_of
from tithi.records import Article, Lang, Source, Traces

__all__ = ["LONGEST", "Heap", "HeapBuilder", "heap_of", "sentences_of"]

LONGEST: Final = 256
"""So many sentences of an article are compared, from its beginning."""
_BATCH: Final = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Heap:
    """n articles of one language.

    The sentences of article k are the rows `offsets[k]:offsets[k + 1]` of `sentences`, `(m, d)` float16 unit rows.
    `letters` (m,) are the characters of each. `articles` is `(n, d)` float32 unit rows, `days` (n,) the day of
    publication of each as an ordinal, 0 unknown.
    """

    lang: Lang
    offsets: NDArray[np.int64]
    sentences: NDArray[np.float16]
    articles: FloatArray
    letters: NDArray[np.int32]
    days: NDArray[np.int64]
    numbers: Bags
    names: Bags
    sources: tuple[Source, ...]
    traces: tuple[Traces | None, ...]

    def __len__(self) -> int:
        return len(self.sources)


def sentences_of(article: Article) -> list[str]:
    """Return the sentences that are compared: the title, where it is known, and those of the text, code aside."""
    text = article.text
    for start, stop in article.code:
        text = text[:start] + "\n" * (stop - start) + text[stop:]
    spans = split_sentences(text, article.lang)
    title = [article.source.title] if article.source.title else []
    return [*title, *(text[a:b] for a, b in spans)][:LONGEST]


class HeapBuilder:
    """Takes articles one at a time and makes a heap of them, once; texts are forgotten as soon as they are encoded."""

    def __init__(self, lang: Lang, encoder: Encoder) -> None:
        self.lang = lang
        self.encoder = encoder
        self.sizes: list[int] = []
        self.letters: list[int] = []
        self.days: list[int] = []
        self.numbers: list[Tokens] = []
        self.names: list[Tokens] = []
        self.sources: list[Source] = []
        self.traces: list[Traces | None] = []
        self.vectors: list[NDArray[np.float16]] = []
        self.waiting: list[str] = []

    def add(self, article: Article) -> None:
        """Take an article."""
        sentences = sentences_of(article)
        joined = "\n".join(sentences)
        self.sizes.append(len(sentences))
        self.letters += map(len, sentences)
        self.days.append(_ordinal(article.source.published))
        self.numbers.append(tokens_of(numbers_in(joined)))
        self.names.append(tokens_of(names_in(joined, self.lang)))
        self.sources.append(article.source)
        self.traces.append(article.traces)
        self.waiting += sentences
        if len(self.waiting) >= _BATCH:
            self._encode()

    def heap(self) -> Heap:
        """Return the heap of all that was taken, and forget it."""
        self._encode()
        offsets = np.concatenate([[0], np.cumsum(self.sizes)]).astype(np.int64)
        sentences = np.empty((sum(map(len, self.vectors)), self.encoder.dim), np.float16)
        row = len(sentences)
        while self.vectors:  # one at a time, for they weigh as much as the heap
            part = self.vectors.pop()
            row -= len(part)
            sentences[row : row + len(part)] = part
        return Heap(
            self.lang,
            offsets,
            sentences,
            _means(sentences, offsets),
            np.array(self.letters, np.int32),
            np.array(self.days, np.int64),
            bags(self.numbers),
            bags(self.names),
            tuple(self.sources),
            tuple(self.traces),
        )

    def _encode(self) -> None:
        if self.waiting:
            self.vectors.append(self.encoder.encode(self.waiting, self.lang).astype(np.float16))
            self.waiting = []


def heap_of(articles: Iterable[Article], lang: Lang, encoder: Encoder) -> Heap:
    """Return the heap of articles."""
    builder = HeapBuilder(lang, encoder)
    for article in articles:
        builder.add(article)
    return builder.heap()


def _means(sentences: NDArray[np.float16], offsets: NDArray[np.int64]) -> FloatArray:
    """Return the unit mean of each article's sentence vectors, (n, d); zero where it has none."""
    out = np.zeros((len(offsets) - 1, sentences.shape[1]), np.float32)
    for k, (start, stop) in enumerate(zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)):
        if start < stop:
            mean = sentences[start:stop].astype(np.float32).mean(axis=0)
            out[k] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return out


def _ordinal(day: str | None) -> int:
    try:
        return date.fromisoformat(day[:10]).toordinal() if day else 0
    except ValueError:
        return 0
