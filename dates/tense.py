"""The tense of each clause of a text: whether `Friday` is the next or the last, `कल` tomorrow or yesterday."""

from functools import cache
from itertools import pairwise

from tithi.dates.reader import Reader
from tithi.numerals.tokens import WordList, word_list
from tithi.records import Lang

__all__ = ["tenses"]


def tenses(reader: Reader, lang: Lang) -> list[int]:
    """Return the tense of each token's clause: 1 future, -1 past, 0 where nothing tells; English is past by default.

    A clause ends with its sentence, or at कि and `that`, so that what is said to come is not the day of saying.
    """
    told: list[int] = []
    start = 0
    texts = reader.tokens.texts
    ends = {"\n"} | reader.words.kinds["sentence_end"].keys() | reader.words.kinds["clause_end"].keys()
    for stop in [*(index for index, word in enumerate(texts) if word in ends), len(texts)]:
        clause = texts[start:stop]
        told += [_english(reader.words, clause) if lang == "en" else _hindi(reader.words, clause)] * (stop + 1 - start)
        start = stop + 1
    return told


def _english(words: WordList, clause: list[str]) -> int:
    """Future where `will` or the like stands, or `going to`, `is to`, `plans to`."""
    if not words.kinds["future"].keys().isdisjoint(clause):
        return 1
    future_to = words.kinds["future_to"]
    return 1 if any(word == "to" and before in future_to for before, word in pairwise(clause)) else -1


def _hindi(words: WordList, clause: list[str]) -> int:
    """Future by the ending of a verb, or by होनी है, मिलने वाले हैं, करने जा रहे हैं; past by था, गया and the like."""
    endings = _future_endings()
    if any(word.endswith(endings) or word in words.kinds["future_verb"] for word in clause):
        return 1
    kinds = words.kinds
    for index, word in enumerate(clause[:-1]):
        if word in kinds["future_before"] and clause[index + 1] in kinds["is"]:
            return 1
        if word in kinds["begins"] and _goes_on(words, clause[index + 1 : index + 4]):
            return 1  # कल से मेला शुरू हो रहा है
        goes = clause[index : index + 4]
        if len(goes) == 4 and word.endswith(tuple(kinds["infinitive"])) and goes[1] in kinds["go_word"]:
            return 1 if goes[2] in kinds["going"] and goes[3] in kinds["is"] else 0
    if _is_now(words, clause):
        return 1
    past = kinds["past"].keys() - (kinds["going"].keys() if _goes_on(words, clause) else set())
    return 0 if past.isdisjoint(clause) else -1


def _is_now(words: WordList, clause: list[str]) -> bool:
    """Whether a clause with कल or परसों says what is, which is to come then: कल छुट्टी है; no कल से छुट्टी है."""
    kinds = words.kinds
    if kinds["now_is"].keys().isdisjoint(clause[-2:]) or not kinds["past"].keys().isdisjoint(clause):
        return False
    return any(
        word.startswith("±") and following not in kinds["from_word"] and following not in kinds["genitive"]
        for word, following in ((kinds["day_shift"].get(text, ""), after) for text, after in pairwise(clause))
    )


def _goes_on(words: WordList, clause: list[str]) -> bool:
    """Whether रहा है stands among words: said of what is under way, or to begin."""
    kinds = words.kinds
    return any(word in kinds["going"] and after in kinds["is"] for word, after in pairwise(clause))


@cache
def _future_endings() -> tuple[str, ...]:
    return tuple(word_list("tithi.dates", "words.tsv").kinds["future_ending"])
