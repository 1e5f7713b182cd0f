"""Words met before: the pieces that SentencePiece gives, whatever was met, in whatever order, and what goes wrong."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tithi.encoder import known as room
from tithi.encoder.known import KnownWords
from tithi.encoder.model import PieceEncoder, read_model, shipped_model
from tithi.encoder.normalise import readable

MODEL = read_model(shipped_model())

TEXTS = [
    "", " ", "  ", "a", " a", "a ", " a  b ", "It rained.", "वर्षा हुई।", "वर्षा  हुई ।", "\u200d", "\u200d a",
    "a \u200d", "a \u200d b", "क्\u200dया क्\u200cया", "ज़मीन ज\u093cमीन", "a\tb", "a\nb c", "\n", "a\u00a0b",
    "\u3000a\u2003", "a\x1cb c", "\x00", "a\x00b", "a \x00", "रु० १०", "वि० सं० २०७७ ०", "१,००,००० 1,000",
    "1, 000", "\ufdfa x", "\ufe70 x \ufe70", "¨ a¨b ¨", "\ud800", "a\udc00 \ud83d \ude00", "😀😀 😀", "漢字 かな",
    "\u0600ab", "²³ ½", "ﬁ ﬀ", "‘a’ “b” …", "x" * 300, "न् द न्द", "\u0301 a\u0301", "\ufeffa", "\u00ad-\u00ad",
    "[^1] **b**", "https://a.b/c?d=e&f", "A.B.C. a.b.c.", "हुये हुए गये", "\u2028a\u2029b", "\x85 a\x85",
]  # fmt: skip


def by_sentencepiece(texts: list[str]) -> list[list[int]]:
    cut: list[list[int]] = MODEL.processor.encode([readable(text) for text in texts], out_type=int, num_threads=1)
    return cut


def lists(known: KnownWords, texts: list[str]) -> list[list[int]]:
    bags = known.pieces(texts)
    return [bags.ids[a:b].tolist() for a, b in zip(bags.offsets[:-1], bags.offsets[1:], strict=True)]


@pytest.fixture
def known() -> KnownWords:
    return KnownWords(MODEL.processor)


def test_the_pieces_are_those_of_the_whole_text(known: KnownWords) -> None:
    want = by_sentencepiece(TEXTS)
    assert [text for text, ours, theirs in zip(TEXTS, lists(known, TEXTS), want, strict=True) if ours != theirs] == []
    assert lists(known, TEXTS) == want
    assert [lists(known, [text])[0] for text in reversed(TEXTS)] == want[::-1]
    assert lists(known, []) == []


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(st.sampled_from("ab कि०1,. \t\n\u200d\u0301\u00a8\u2581\ud800😀ﷺ") | st.characters())))
def test_the_pieces_are_those_of_the_words(texts: list[str]) -> None:
    """Of two ways to cut a word that are as likely, SentencePiece takes either, by what stands before it."""
    words = [text.split(" ") for text in texts]
    want = [[piece for cut in by_sentencepiece(some) for piece in cut] for some in words]
    assert lists(MODEL.known, texts) == want


def test_what_is_forgotten_is_cut_again(known: KnownWords, monkeypatch: pytest.MonkeyPatch) -> None:
    want = by_sentencepiece(TEXTS)
    for name in ("_WORDS", "_LETTERS"):
        monkeypatch.setattr(room, name, 3)
        assert [lists(known, [text])[0] for text in TEXTS] == want
        assert known._count < 8
    known._slots[:] = 1  # no room for any word
    assert lists(known, TEXTS * 2) == want * 2


def test_an_interrupted_call_leaves_no_word_without_its_pieces() -> None:
    class Failing:
        fails = True

        def encode(self, texts: list[str], **options: Any) -> list[list[int]]:
            if self.fails:
                raise KeyboardInterrupt
            cut: list[list[int]] = MODEL.processor.encode(texts, **options)
            return cut

    failing = Failing()
    known = KnownWords(failing)  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt):
        known.pieces(["a b"])
    failing.fails = False
    assert lists(known, ["a b", "b"]) == by_sentencepiece(["a b", "b"])


def test_threads_may_use_it_at_once(known: KnownWords) -> None:
    texts = [f"{number} {word}{number % 97}" for number in range(2000) for word in ("a", "नदी")]
    parts = [texts[first::7] for first in range(7)] * 3
    with ThreadPoolExecutor(7) as threads:
        found = [*threads.map(lambda part: lists(known, part), parts)]
    assert found == [by_sentencepiece(part) for part in parts]


def test_an_encoder_goes_to_another_process_without_its_words() -> None:
    MODEL.pieces(["a b"])
    other: PieceEncoder = pickle.loads(pickle.dumps(MODEL))
    assert other.known._count == 1
    assert np.array_equal(other.sums(["a b", "वर्षा"], "hi"), MODEL.sums(["a b", "वर्षा"], "hi"))
