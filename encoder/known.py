"""Words that have been cut into pieces before: SentencePiece, the slowest step of all, is asked for each but once.

No piece has a blank behind its first letter, and no rule of the normaliser looks over one, so that the pieces of a text
are those of its words. What is kept is a table of words by their letters, and each word's pieces.
"""

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from tithi.compiling import kept
from tithi.encoder.bags import Bags
from tithi.encoder.normalise import readable

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor

__all__ = ["KnownWords"]

#: With more words than this, or letters, all are forgotten before the next texts: at most some 20 MB are kept.
_WORDS: Final = 1 << 17
_LETTERS: Final = 1 << 21
_SLOTS: Final = 1 << 18
#: In so many slots a word is looked for; one that finds no room there is cut anew each time.
_PROBES: Final = 32
_BLANK: Final = 32
_SEED, _PRIME, _SHIFT = np.uint64(0xCBF29CE484222325), np.uint64(0x9E3779B97F4A7C15), np.uint64(46)


class KnownWords:
    """Cuts texts into pieces, and remembers the words that it has met. Threads may use it at once.

    What it returns depends on the text alone: a word is cut by itself, whatever stands around it.
    """

    def __init__(self, processor: "SentencePieceProcessor") -> None:
        """Know no word yet."""
        self._processor = processor
        self._lock = Lock()
        self.forget()

    def __reduce__(self) -> tuple[Any, ...]:
        """Let another process begin without words."""
        return KnownWords, (self._processor,)

    def forget(self) -> None:
        """Know no word any more, but the empty one, which has number 0 and no pieces."""
        self._count = 1
        self._slots = np.zeros(_SLOTS, np.int32)
        self._letters, self._begins = np.zeros(0, np.uint32), np.zeros(2, np.int64)
        self._ids, self._offsets = np.zeros(0, np.int64), np.zeros(2, np.int64)

    def pieces(self, texts: Sequence[str]) -> Bags:
        """Return the numbers of each text's pieces, in time linear in the characters."""
        if not texts:
            return Bags.of([])
        with self._lock:
            if self._count > _WORDS or self._begins[self._count] > _LETTERS:
                self.forget()
            try:
                words, ends = self._numbers(texts)
            except BaseException:  # words without their pieces must not stay
                self.forget()
                raise
            bags = Bags(self._ids, self._offsets).take(words)
        return Bags(bags.ids, bags.offsets[ends])

    def _numbers(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the numbers of all words, which are known then, and `(texts + 1,)` where those of each text end."""
        text = " ".join(texts)
        units = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)
        count = text.count(" ") + 1
        had, letters = self._count, int(self._begins[self._count])
        self._letters = _room(self._letters, letters, units.size)
        self._begins = _room(self._begins, had + 1, count)
        words, starts = np.empty(count, np.int64), np.empty(count, np.int64)
        bounds = np.zeros(len(texts) + 1, np.int64)
        known = self._slots, self._letters, self._begins
        self._count = _look_up(units, ends, *known, had, words, bounds, starts)
        if self._count > had:
            begins = starts[: self._count - had]
            stops = begins + np.diff(self._begins[had : self._count + 1])
            self._learn([text[a:b] for a, b in zip(begins.tolist(), stops.tolist(), strict=True)], had)
        return words, bounds

    def _learn(self, words: list[str], had: int) -> None:
        """Cut words that were not known, and keep their pieces behind those of the `had` others."""
        bags = Bags.of(self._processor.encode([readable(word) for word in words], out_type=int, num_threads=1))
        used = int(self._offsets[had])
        self._ids = _room(self._ids, used, bags.ids.size)
        self._ids[used : used + bags.ids.size] = bags.ids
        self._offsets = _room(self._offsets, had + 1, len(words))
        self._offsets[had + 1 : had + 1 + len(words)] = bags.offsets[1:] + used


def _room(array: NDArray[Any], used: int, more: int) -> NDArray[Any]:
    """Return an array that begins with the `used` entries and has room for so many more."""
    if used + more <= array.size:
        return array
    wide = np.empty(max(2 * array.size, used + more), array.dtype)
    wide[:used] = array[:used]
    return wide


@kept()
def _look_up(units, ends, slots, letters, begins, count, words, bounds, starts):  # type: ignore[no-untyped-def]
    """Fill `words` with the number of each, new ones after the `count` known ones, and return how many are known then.

    Word w has the letters `begins[w]` to `begins[w + 1]`. A text and its blank stop at `ends`, its words at `bounds`;
    `starts` gets where in `units` each new word begins.
    """
    first, part, text, start, hashed = count, 0, 0, np.int64(0), _SEED
    for place in range(units.size + 1):
        if place < units.size and units[place] != _BLANK:
            hashed = (hashed ^ np.uint64(units[place])) * _PRIME
            continue
        word = 0
        if place > start:
            slot, word = np.int64(hashed >> _SHIFT), -1
            for _ in range(_PROBES):
                if slots[slot] == 0:
                    slots[slot] = count
                    break
                if _is(np.int64(slots[slot]), letters, begins, units, start, place):
                    word = slots[slot]
                    break
                slot = (slot + 1) & (slots.size - 1)
            if word < 0:
                starts[count - first] = start
                word, begins[count + 1] = count, begins[count] + place - start
                letters[begins[count] : begins[count + 1]] = units[start:place]
                count += 1
        words[part] = word
        part, start, hashed = part + 1, np.int64(place + 1), _SEED
        if start == ends[text]:
            text += 1
            bounds[text] = part
    return count


@kept()
def _is(word, letters, begins, units, start, stop):  # type: ignore[no-untyped-def]
    """Return whether a known word is `units[start:stop]`."""
    begin = begins[word]
    if begins[word + 1] - begin != stop - start:
        return False
    for place in range(stop - start):  # noqa: SIM110 - compiled
        if letters[begin + place] != units[start + place]:
            return False
    return True
