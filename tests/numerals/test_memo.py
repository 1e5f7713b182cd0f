"""What is told of a word is asked once, and no text fills the memory."""

import pytest

from tithi.numerals import memo


def test_a_word_is_asked_of_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memo, "_LIMIT", 2)
    asked: list[str] = []

    def tell(word: str) -> int:
        asked.append(word)
        return len(word)

    told = memo.Memo(tell)
    assert [told[word] for word in ("मई", "मई", "जून", "मई", "मार्च")] == [2, 2, 3, 2, 5]
    assert asked == ["मई", "जून", "मार्च"]
    assert dict(told) == {"मार्च": 5}


def test_many_words_are_asked_of_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memo, "_LIMIT", 3)
    asked: list[list[str]] = []

    def tell_all(words: list[str]) -> list[int]:
        asked.append(sorted(words))
        return list(map(len, words))

    told = memo.Memo(len)
    told.learn(["मई", "जून", "मई"], tell_all)
    told.learn(["मई", "जून"], tell_all)
    told.learn(["मई", "मार्च", "अगस्त"], tell_all)
    assert asked == [["जून", "मई"], ["अगस्त", "मार्च"]]
    assert dict(told) == {"मार्च": 5, "अगस्त": 5}
    assert told["मई"] == 2
