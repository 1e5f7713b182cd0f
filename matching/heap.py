"""A heap of articles as matching sees it: a vector for each sentence and article, numbers, names, days and traces.

Of 100,000 articles of a dozen sentences the vectors take 0.6 GB; the texts are not kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tithi.aligner.sentences import split_sentences
from tithi.encoder.protocol import Encoder, FloatArray
from tithi.matching.tokens import Bags, Tokens, bags, names_in, numbers_in, tokens_of
from tithi.records import Article, Lang, Source, Traces

__all__ = ["LONGEST", "Heap", "HeapBuilder", "Look", "heap_of", "looks", "sentences_of"]

LONGEST: Final = 256
"""So many sentences of an article are compared, from its beginning."""
_BATCH: Final = 256


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


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What a heap keeps of an article's text.

    `letters` (m,) int32 are the characters of each of m sentences, `vectors` `(m, d)` float16 unit rows.
    """

    letters: NDArray[np.int32]
    vectors: NDArray[np.float16]
    numbers: Tokens
    names: Tokens


def looks(articles: Sequence[Article], lang: Lang, encoder: Encoder) -> list[Look]:
    """Return what a heap keeps of each article, which depends on that article alone."""
    split = [sentences_of(article) for article in articles]
    vectors = encoder.encode([sentence for sentences in split for sentence in sentences], lang).astype(np.float16)
    found, row = [], 0
    for sentences in split:
        joined = "\n".join(sentences)
        letters = np.array([len(sentence) for sentence in sentences], np.int32)
        tokens = tokens_of(numbers_in(joined)), tokens_of(names_in(joined, lang))
        found.append(Look(letters, vectors[row : row + len(sentences)], *tokens))
        row += len(sentences)
    return found


class HeapBuilder:
    """Takes articles one at a time and makes a heap of them, once; their texts are not kept."""

    def __init__(self, lang: Lang, dim: int) -> None:
        self.lang = lang
        self.dim = dim
        self.sources: list[Source] = []
        self.traces: list[Traces | None] = []
        self.looks: list[Look] = []

    def add(self, article: Article, look: Look) -> None:
        """Take an article."""
        self.sources.append(article.source)
        self.traces.append(article.traces)
        self.looks.append(look)

    def heap(self) -> Heap:
        """Return the heap of all that was taken, and forget it."""
        offsets = np.concatenate([[0], np.cumsum([len(look.letters) for look in self.looks])]).astype(np.int64)
        letters = np.concatenate([*(look.letters for look in self.looks), np.empty(0, np.int32)])
        numbers, names = bags([look.numbers for look in self.looks]), bags([look.names for look in self.looks])
        sentences = np.empty((len(letters), self.dim), np.float16)
        row = len(sentences)
        while self.looks:  # one at a time, for their vectors weigh as much as the heap
            part = self.looks.pop().vectors
            row -= len(part)
            sentences[row : row + len(part)] = part
        return Heap(
            self.lang,
            offsets,
            sentences,
            _means(sentences, offsets),
            letters,
            np.array([_ordinal(source.published) for source in self.sources], np.int64),
            numbers,
            names,
            tuple(self.sources),
            tuple(self.traces),
        )


def heap_of(articles: Iterable[Article], lang: Lang, encoder: Encoder) -> Heap:
    """Return the heap of articles."""
    builder = HeapBuilder(lang, encoder.dim)
    source = iter(articles)
    while batch := list(islice(source, _BATCH)):
        for article, look in zip(batch, looks(batch, lang, encoder), strict=True):
            builder.add(article, look)
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
