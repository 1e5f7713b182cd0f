"""The tense of each clause of a text: whether `Friday` is the next or the last, `कल` tomorrow or yesterday."""

from functools import cache
from itertools import pairwise
from typing import Final

from tithi.dates.reader import Reader
from tithi.numerals.tokens import WordList, word_list
from tithi.records import Lang

__all__ = ["tenses"]

#: Words of a clause that says what is on a weekday; a longer one tells news of that day.
_BRIEF: Final = 7


def tenses(reader: Reader, lang: Lang) -> list[int]:
    """Return the tense of each token's clause: 1 future, -1 past, 0 where nothing tells; English is past by default.

    A clause ends with its sentence, at a comma behind a verb that tells (कल गया था, कल आऊँगा), or at कि and `that`,
    so that what is said to come is not the day of saying; or at `and` between a verb of the past and one of the future.
    """
    told: list[int] = []
    start = 0
    texts = reader.tokens.texts
    ends = {"\n"} | reader.words.kinds["sentence_end"].keys() | reader.words.kinds["clause_end"].keys()
    days = reader.words.kinds["day_shift"].keys() | reader.words.kinds["weekday"].keys()
    for stop, word in enumerate([*texts, "\n"]):
        is_joint = word in reader.words.kinds["clause_joint"] and _parts_verbs(reader.words, texts, stop)
        if word not in ends and not is_joint and (word != "," or days.isdisjoint(texts[start:stop])):
            continue
        clause = texts[start:stop]
        tense = _english(reader.words, clause) if lang == "en" else _hindi(reader.words, clause)
        if word == "," and tense == 0:
            continue  # कल, जब वह आएगा
        told += [tense] * (stop + 1 - start)
        start = stop + 1
    return told


def _parts_verbs(words: WordList, texts: list[str], index: int) -> bool:
    """Whether what is told of the past ends at `and`: `began on Monday and will end`, `शुरू हुआ और चलेगा`."""
    if texts[index].isascii():
        return index + 1 < len(texts) and texts[index + 1] in words.kinds["future"]
    return index > 0 and texts[index - 1] in words.kinds["past"]


def _english(words: WordList, clause: list[str]) -> int:
    """Future where `will` or the like stands, or `going to`, `is to`, `plans to`, `is on Sunday`."""
    if not words.kinds["future"].keys().isdisjoint(clause):
        return 1
    future_to = words.kinds["future_to"]
    is_on = words.kinds["future_on"]
    ahead = any(
        (word == "to" and before in future_to) or (word == "on" and before in is_on)
        for before, word in pairwise(clause)
    )
    return 1 if ahead or _is_timetable(words, clause) or _is_due(words, clause) else -1


def _is_due(words: WordList, clause: list[str]) -> bool:
    """Whether something is to be done by a weekday, `submit by Tuesday`, `see you on Monday`; no word of the past."""
    kinds = words.kinds
    if not kinds["past_aux"].keys().isdisjoint(clause) or any(word.endswith("ed") for word in clause):
        return False
    is_day = kinds["weekday"].keys() | kinds["weekday_short"].keys()
    return any(
        (before in kinds["due"] and word in is_day) or (before == "see" and word in kinds["see"])
        for before, word in pairwise(clause)
    )


def _is_timetable(words: WordList, clause: list[str]) -> bool:
    """Whether the present tells what is to come, `the fair begins on Friday`, and no word of the clause the past."""
    if words.kinds["timetable"].keys().isdisjoint(clause):
        return False
    return words.kinds["past_aux"].keys().isdisjoint(clause) and not any(word.endswith("ed") for word in clause)


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
    past = kinds["past"].keys() - (kinds["going"].keys() if _goes_on(words, clause) else set())
    if not past.isdisjoint(clause) or _has_begun(words, clause):
        return -1
    return 1 if _is_now(words, clause) else 0


def _has_begun(words: WordList, clause: list[str]) -> bool:
    """Whether what is goes on since then: सोमवार से ही बंद है, रविवार से धरना जारी है."""
    kinds = words.kinds
    from_word = kinds["from_word"]
    is_since = any(word in from_word and after in kinds["since_then"] for word, after in pairwise(clause))
    return is_since or not (from_word.keys().isdisjoint(clause) or kinds["goes_on"].keys().isdisjoint(clause))


def _is_now(words: WordList, clause: list[str]) -> bool:
    """Whether a clause with कल or परसों says what is, which is to come then: कल छुट्टी है; no कल से छुट्टी है."""
    kinds = words.kinds
    if kinds["now_is"].keys().isdisjoint(clause[-2:]):
        return False
    to_day = kinds["postposition"].keys() - kinds["from_word"].keys()
    if any(word in kinds["weekday"] and after in to_day for word, after in pairwise(clause)):
        return len(clause) <= _BRIEF  # मेरी फ्लाइट रविवार को है
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
