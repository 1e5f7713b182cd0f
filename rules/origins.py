"""What stands before से: where something comes from, what is compared with, who is asked or lost to.

`भारत रूस से तेल ख़रीदता है` is no `Russia buys oil from India`: the two have changed places when English has the free one
behind `from`, `than` or `lost to`, and the one of से free before it. Only two that are both found once are judged.
"""

from typing import Final

from tithi.evidence.lexicon import lexicon, stem
from tithi.evidence.pair import Pair, number_words
from tithi.evidence.tables import word_set
from tithi.records import Issue
from tithi.rules.check import Check
from tithi.rules.roles import english_of, leads

__all__ = ["ORIGINS", "check_origins"]

_LONGEST: Final = 18
"""English clauses of more words have other ways to turn things around."""
_SUBJECT: Final = 1
"""A subject has at most so many words before it, articles and the like apart."""
_LIKELY: Final = 0.05


def check_origins(pair: Pair) -> list[Issue]:
    """Report the first two of whom the wrong one is where से should be."""
    hi, en = pair.hi_words.keys, pair.en_words.keys
    if len(en) > _LONGEST or word_set("from").isdisjoint(pair.hi_words.distinct):
        return []
    if word_set("origin-too").isdisjoint(pair.en_words.distinct) and not _asks(pair):
        return []
    for at, key in enumerate(hi):
        if key not in word_set("from") or not at or hi[at - 1][:1].isdecimal() or hi[at - 1] in number_words():
            continue
        marked = english_of(pair, at - 1, anyone=True)
        for other in _free(hi, at):
            free = english_of(pair, other, anyone=True) if marked is not None else None
            if marked is not None and free is not None and marked != free and _is_turned(pair, marked, free):
                ours, theirs = pair.hi_words.between(at - 1, at + 1), pair.en_words.between(max(free - 1, 0), free + 1)
                message = f"{pair.hi[slice(*ours)]} in the Hindi, {pair.en[slice(*theirs)]} in the English"
                return [Issue("role", "error", ours, theirs, message)]
    return []


def _free(keys: list[str], at: int) -> list[int]:
    """Return what may stand against the word before से: what ने marks, the first word, the one behind."""
    doers = [i - 1 for i, key in enumerate(keys) if i and key in word_set("ergative")]
    return [i for i in dict.fromkeys((*doers, 0, at + 1)) if i < len(keys) and i != at - 1]


def _is_turned(pair: Pair, marked: int, free: int) -> bool:
    """Whether the free one is behind `from`, `than` or `lost to`, or is asked, and the marked one is not."""
    keys = pair.en_words.keys
    before, behind = leads(keys, marked), leads(keys, free)
    opens = len(word_set("article").union(keys[:marked])) - len(word_set("article")) <= _SUBJECT
    if before in word_set("preposition") or marked > free or "and" in keys[marked:free] or not opens:
        return False
    if behind == "from":
        return True
    if behind == "than":
        return _is_compared(pair)
    if behind == "to":
        return not word_set("lost-to").isdisjoint(pair.en_words.distinct)
    return behind not in word_set("preposition") and _asks(pair) and bool(keys[marked + 1 : free])


def _asks(pair: Pair) -> bool:
    """Whether somebody is asked, on both sides, and in no passive clause."""
    asked = [not word_set("ask").isdisjoint(found.distinct) for found in (pair.hi_words, pair.en_words)]
    return all(asked) and word_set("passive").isdisjoint(pair.en_words.distinct)


def _is_compared(pair: Pair) -> bool:
    """Whether what stands before `than` says what the Hindi says, and not its opposite: taller than, लंबा."""
    at = pair.en_words.keys.index("than")
    said = pair.en_words.keys[at - 1] if at else ""
    plain = {stem(said.removesuffix(ending) + more, "en") for ending, more in (("er", ""), ("ier", "y"), ("r", ""))}
    chances = [lexicon().english[stem(key, "hi")] for key in pair.hi_words.keys]
    return any(chance.get(form, 0.0) >= _LIKELY for chance in chances for form in plain)


ORIGINS = Check(check_origins, {})
