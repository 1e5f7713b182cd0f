"""Who did it to whom, in simple clauses: what stands before ने or द्वारा did it, what stands before को had it done.

English tells the two by their places: the doer comes first, unless `by` stands before it. Only a clause with one doer
and one sufferer that are both found in the English is judged; a preposition before either makes it free.
"""

from bisect import bisect_left
from functools import cache
from typing import Final

from tithi.evidence.lexicon import lexicon, stem
from tithi.evidence.pair import Pair, month_words, weekday_words
from tithi.evidence.tables import read_table, word_set
from tithi.evidence.words import Word, fold
from tithi.records import Issue
from tithi.rules.check import Check
from tithi.rules.names import hindi_name

__all__ = ["ROLES", "check_roles", "english_of", "leads"]

_LONGEST: Final = 18
"""English clauses of more words have other ways to turn things around."""
_CHANCE: Final = 0.12
_NEAR: Final = 4
"""What is done on somebody is told so many words behind, at most."""


def check_roles(pair: Pair) -> list[Issue]:
    """Report a clause whose doer and sufferer are exchanged, or where a way begins where it should end."""
    return _other_way(pair) or _exchanged(pair)


def _exchanged(pair: Pair) -> list[Issue]:
    keys = pair.hi_words.keys
    if len(pair.en_words) > _LONGEST or not word_set("that").isdisjoint(pair.hi_words.distinct):
        return []
    markers = [i for i, key in enumerate(keys) if key in word_set("doer") or _at_hands(keys, i)]
    if len(markers) != 1 or not markers[0]:
        return []
    at, by_whom = _before(keys, markers[0]), keys[markers[0]] not in word_set("ergative")
    sufferers = [i - 1 for i in range(1, len(keys)) if _marks_sufferer(keys, i) and _is_person(keys[i - 1])]
    aimed = len(sufferers) == 1 and keys[sufferers[0] + 1] in word_set("on-whom")
    if by_whom and not sufferers and not word_set("passive").isdisjoint(pair.hi_words.distinct):
        # डाकू पुलिस द्वारा मारा गया; शिवाजी द्वारा अफ़ज़ल ख़ाँ मारा गया
        sufferers = [0] if at == 1 else [markers[0] + 1] if at == 0 else []
    # द्वारा is the means as well: by yoga.
    anyone = word_set("by-means").isdisjoint(pair.hi_words.distinct)
    doer = english_of(pair, at, anyone=anyone)
    if doer is not None and by_whom and leads(pair.en_words.keys, doer) == "against":
        return [_issue(pair.hi_words[at], "does it", pair.en_words[doer], "has it done against it")]
    if doer is None or len(sufferers) != 1 or sufferers[0] in (at, len(keys)):
        return []
    sufferer = english_of(pair, sufferers[0], anyone=anyone)
    if sufferer is None or sufferer == doer or not _is_turned(pair.en_words.keys, doer, sufferer, aimed=aimed):
        return []
    return [_issue(pair.hi_words[at], "does it", pair.en_words[sufferer], "does it")]


def _issue(hi: Word, hi_part: str, en: Word, en_part: str) -> Issue:
    told = f"{hi.text} {hi_part} in the Hindi, {en.text} {en_part} in the English"
    return Issue("role", "error", (hi.start, hi.stop), (en.start, en.stop), told)


def _other_way(pair: Pair) -> list[Issue]:
    """Report a way that is gone back: from Delhi to Patna, पटना से दिल्ली. Both ends must be names."""
    found, keys = pair.en_words, pair.hi_words.keys
    if word_set("leaves").isdisjoint(found.distinct) or word_set("from").isdisjoint(pair.hi_words.distinct):
        return []
    keys_en, leaves, heads = found.keys, word_set("leaves"), word_set("heads")
    for i in [i for i, key in enumerate(keys_en[:-3]) if key in leaves and keys_en[i + 2] in heads]:
        ends = [hindi_name(found[at], pair.hi_words) if found.texts[at][0].isupper() else None for at in (i + 1, i + 3)]
        after = [keys[bisect_left(pair.hi_words.spans, (end.start, 0)) + 1 :][:1] if end else [] for end in ends]
        if ends[0] and ends[1] and after[1] and after[1][0] in word_set("from") and after[0] != after[1]:
            return [_issue(ends[1], "is where it begins", found[i + 1], "is")]
    return []


def _marks_sufferer(keys: list[str], at: int) -> bool:
    """Whether something is done to the word before: चोर को पकड़ा, रवि की हत्या, पुलिस पर भीड़ ने हमला."""
    if keys[at] in word_set("of-whom"):
        return not word_set("done-to").isdisjoint(keys[at + 1 : at + 2])
    if keys[at] in word_set("on-whom"):
        return not word_set("done-on").isdisjoint(keys[at + 1 : at + 1 + _NEAR])
    return keys[at] in word_set("sufferer")


def _before(keys: list[str], at: int) -> int:
    """Return the word before a marker: पुलिस of पुलिस ने and of पुलिस के द्वारा."""
    return at - 2 if at > 1 and keys[at - 1] in word_set("of-him") else at - 1


def _at_hands(keys: list[str], at: int) -> bool:
    """Whether somebody did it: मंत्री के हाथों मारा गया, but not हाथों में."""
    named = keys[at] in word_set("hands") and at > 1 and keys[at - 1] in word_set("of-him")
    return named and not word_set("case").intersection(keys[at + 1 : at + 2])


def _is_person(key: str) -> bool:
    return key not in weekday_words() and key not in month_words() and not key[:1].isdecimal()


def _is_turned(keys: list[str], doer: int, sufferer: int, *, aimed: bool) -> bool:
    """Whether the sufferer stands where the doer should: first in an active clause, after `by` in a passive one.

    Where it was `aimed` at the sufferer (पुलिस पर), the doer may stand where the aim should: they threw it at the crowd.
    """
    passive = not word_set("passive").isdisjoint(keys) and "by" in keys
    if passive:
        return leads(keys, sufferer) == "by" and leads(keys, doer) != "by" and doer < sufferer
    behind = leads(keys, doer)
    # To whom he wrote: to him who wrote. The winner is lost to, too.
    given = (behind == "to" and word_set("lost-to").isdisjoint(keys)) or (aimed and behind in word_set("aim"))
    free = (behind in word_set("preposition") and not given) or leads(keys, sufferer) in word_set("preposition")
    between = keys[sufferer + 1 : doer]
    return sufferer < doer and not free and "and" not in between and bool(between)


def leads(keys: list[str], at: int) -> str:
    """Return the word before a noun with its articles and adjectives, a preposition if one is near."""
    for i in range(at - 1, max(-1, at - 6), -1):
        if keys[i] in word_set("preposition") or keys[i] == "by":
            return keys[i]
        if keys[i] not in word_set("article"):
            # One adjective may stand between: by the wounded soldier.
            first = keys[max(i - 1, 0)]
            described = i == at - 1 and i and (first in word_set("article") or first == "by")
            if not described:
                return keys[i]
    return ""


def english_of(pair: Pair, at: int, *, anyone: bool) -> int | None:
    """Return the one English word that stands for a Hindi one; unless it may be `anyone`, a name or a known person."""
    word = pair.hi_words[at]
    for i, name in enumerate(pair.en_words):
        if name.text[0].isupper() and (found := hindi_name(name, pair.hi_words)) and found.start == word.start:
            return i
    people = _people().get(word.key, frozenset())
    persons = [i for i, key in enumerate(pair.en_words.keys) if key in people or key.removesuffix("s") in people]
    if persons:
        return persons[0] if len(persons) == 1 else None
    if not anyone:
        return None
    chances = lexicon().english[stem(word.key, "hi")]
    likely = [i for i, key in enumerate(pair.en_words.keys) if chances.get(stem(key, "en"), 0.0) >= _CHANCE]
    return likely[0] if len(likely) == 1 else None


@cache
def _people() -> dict[str, frozenset[str]]:
    """Return the English words that may stand for who does or suffers something in Hindi, both folded."""
    people: dict[str, set[str]] = {}
    for row in read_table("people.tsv"):
        people.setdefault(fold(row["hi"]), set()).update(map(fold, row["en"].split("; ")))
    return {hi: frozenset(en) for hi, en in people.items()}


ROLES = Check(
    check_roles,
    {"role": "who did it and who had it done exchanged, or the two beside from, than and lost to"},
)
