"""Pairs that should be dropped, made from good ones in sixteen kinds, without the filters that are to find them.

Each maker takes a stretch of neighbouring good pairs and a random source and returns what it spoilt, as many or fewer.
A pair with no place for a fault is left out: words are shuffled and texts cut only where they are six words and more.
"""

import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from benchmarks.scraps import ADDRESSES, CODE, LINES, MARKS, NAMES, TAGS

__all__ = ["KINDS", "STRETCH", "TextPairs", "made"]

TextPairs = list[tuple[str, str]]
Maker = Callable[[TextPairs, random.Random], TextPairs]

STRETCH: Final = 10
"""So many neighbouring pairs are spoilt together."""
_LONG: Final = 6
_NUMBER: Final = re.compile(r"(?<![\w.,/:-])\d+(?![\w/:-]|[.,]\d)")
_LANGUAGES: Final = Path(__file__).with_name("other_languages.tsv")


def made(kind: str, pairs: Sequence[tuple[str, str]], rng: random.Random) -> TextPairs:
    """Return bad pairs of a kind, made from a stretch of neighbouring good ones."""
    return [pair for pair in KINDS[kind](list(pairs), rng) if pair[0].strip() and pair[1].strip()]


def _copied(pairs: TextPairs, rng: random.Random) -> TextPairs:
    return [(hi, hi) if rng.random() < 0.5 else (en, en) for hi, en in pairs]


def _exchanged(pairs: TextPairs, rng: random.Random) -> TextPairs:
    del rng
    return [(en, hi) for hi, en in pairs]


def _shifted(pairs: TextPairs, rng: random.Random) -> TextPairs:
    """Every English line stands one line too early or too late."""
    english = [en for _, en in pairs]
    english = english[1:] + english[:1] if rng.random() < 0.5 else english[-1:] + english[:-1]
    both = zip(pairs, english, strict=True)
    return [(hi, other) for (hi, en), other in both if en != other]


def _random(pairs: TextPairs, rng: random.Random) -> TextPairs:
    order = list(range(len(pairs)))
    rng.shuffle(order)
    return [(pairs[i][0], pairs[k][1]) for i, k in enumerate(order) if pairs[i][1] != pairs[k][1]]


def _half_translated(pairs: TextPairs, rng: random.Random) -> TextPairs:
    """A side goes on in the words of the other from its middle, or begins with them."""
    found = []
    for hi, en in _both_long(pairs):
        ours, theirs = hi.split(), en.split()
        at, there = len(ours) // 2, len(theirs) // 2
        found.append(
            rng.choice(
                [
                    (" ".join([*ours[:at], *theirs[there:]]), en),
                    (" ".join([*theirs[:there], *ours[at:]]), en),
                    (hi, " ".join([*theirs[:there], *ours[at:]])),
                ]
            )
        )
    return found


def _other_language(pairs: TextPairs, rng: random.Random) -> TextPairs:
    """A side is a text in another language: Marathi, Nepali, Urdu, Bengali and others, or French, German, Spanish."""
    texts: dict[tuple[str, str], list[str]] = {}
    for line in _LANGUAGES.read_text(encoding="utf-8").splitlines():
        side, language, text = line.split("\t")
        texts.setdefault((side, language), []).append(text)
    found = []
    for hi, en in pairs:
        side, language = rng.choice(sorted(texts))
        other = " ".join(rng.sample(texts[side, language], 2))
        found.append((other, en) if side == "hi" else (hi, other))
    return found


def _mojibake(pairs: TextPairs, rng: random.Random) -> TextPairs:
    """UTF-8 read as Latin-1 or cp1252, whole or half of it, or letters lost."""
    found = []
    for hi, en in pairs:
        way = rng.randrange(4)
        if way < 3:
            at = len(hi) // 2 if way == 2 else 0
            spoilt = hi[:at] + hi[at:].encode().decode("cp1252" if way else "latin-1", "replace")
        else:
            lost = [i for i, char in enumerate(hi) if char > "\u0900"]
            gone = set(rng.sample(lost, max(1, len(lost) // 8))) if lost else set()
            spoilt = "".join("\ufffd" if i in gone else char for i, char in enumerate(hi))
        if spoilt != hi:
            found.append((spoilt, en))
    return found


def _repeated(pairs: TextPairs, rng: random.Random) -> TextPairs:
    """A side is said twice, or some words of it five times over."""
    found = []
    for hi, en in pairs:
        second = rng.randrange(2)
        text = en if second else hi
        words = text.split()
        if rng.random() < 0.5 and len(words) >= _LONG:
            at = rng.randrange(len(words) - 2)
            size = rng.randint(1, 3)
            words[at : at + size] = words[at : at + size] * 5
            text = " ".join(words)
        elif len(words) >= 4:
            text = f"{text} {text}"
        else:
            continue
        found.append((hi, text) if second else (text, en))
    return found


def _truncated(pairs: TextPairs, rng: random.Random) -> TextPairs:
    """A side stops after 30 to 60 % of its words, or lacks that much of its beginning."""

    def cut(words: list[str]) -> list[str]:
        kept = max(1, round(len(words) * rng.uniform(0.3, 0.6)))
        return words[:kept] if rng.random() < 0.75 else words[-kept:]

    return _on_one_side(pairs, rng, cut)


def _shuffled(pairs: TextPairs, rng: random.Random) -> TextPairs:
    return _on_one_side(pairs, rng, lambda words: rng.sample(words, len(words)))


def _on_one_side(pairs: TextPairs, rng: random.Random, change: Callable[[list[str]], list[str]]) -> TextPairs:
    found = []
    for hi, en in _both_long(pairs):
        if rng.randrange(2):
            found.append((hi, " ".join(change(en.split()))))
        else:
            found.append((" ".join(change(hi.split())), en))
    return found


def _code(pairs: TextPairs, rng: random.Random) -> TextPairs:
    """Lines of code, keys and values, styles and tags on both sides or one, or markup left around a text."""
    found = []
    for hi, en in pairs:
        name, other = (f"{rng.choice(NAMES)}{rng.randrange(1000)}" for _ in range(2))
        line = rng.choice(CODE).format(name=name, other=other, n=rng.randrange(1000))
        way = rng.randrange(3)
        if way == 0:
            found.append((line, line.replace(other, name)))
        elif way == 1:
            found.append((line, en) if rng.random() < 0.5 else (hi, line))
        else:
            open_, close = rng.choice(TAGS)
            tag = open_.format(name=name, n=rng.randrange(1000))
            found.append((f"{tag}{hi}{close}", f"{tag}{en}{close}"))
    return found


def _boilerplate(pairs: TextPairs, rng: random.Random) -> TextPairs:
    """Lines that a site puts under every article, each beside its translation or beside a line of the story."""
    found = []
    for hi, en in pairs:
        ours, theirs = rng.choice(LINES)
        found.append(rng.choice([(ours, theirs), (ours, theirs), (ours, en), (hi, theirs)]))
    return found


def _near_duplicate(pairs: TextPairs, rng: random.Random) -> TextPairs:
    """A pair again with other marks, case, blanks, or a word more on both sides; it stands after the pair itself."""
    found = []
    for hi, en in pairs:
        way = rng.randrange(4)
        if way == 0:
            again = hi.rstrip("।. ") + " ।", en.upper()
        elif way == 1:
            again = hi.replace(" ", "  "), en.rstrip(".") + "!"
        elif way == 2 and len(en) > 60:
            again = f"और {hi}", f"And {en}"
        else:
            again = f"« {hi} »", f"“{en}”"
        found.append(again)
    return found


def _other_address(pairs: TextPairs, rng: random.Random) -> TextPairs:
    """An address, a placeholder or a mail address stands on both sides, and is another on one; or on one alone."""
    found = []
    for hi, en in pairs:
        ours, theirs = (
            kind.format(name=rng.choice(NAMES), n=rng.randrange(100, 1000)) for kind in [rng.choice(ADDRESSES)] * 2
        )
        if ours == theirs:
            continue
        ours, theirs = rng.choice([(ours, theirs), (ours, theirs), (ours, ""), ("", theirs)])
        found.append((f"{hi} {ours}".strip(), f"{en} {theirs}".strip()))
    return found


def _number_changed(pairs: TextPairs, rng: random.Random) -> TextPairs:
    """A number in digits that stands on both sides is another on one."""
    found = []
    for hi, en in pairs:
        shared = [match for match in _NUMBER.finditer(en) if re.search(rf"(?<!\d){match[0]}(?!\d)", hi)]
        if not shared:
            continue
        match = rng.choice(shared)
        number = int(match[0])
        new = str(rng.choice((number + 1, number * 3 + 7, number + rng.randint(2, 99))))
        if rng.random() < 0.5:
            found.append((hi, en[: match.start()] + new + en[match.end() :]))
        else:
            found.append((re.sub(rf"(?<!\d){match[0]}(?!\d)", new, hi, count=1), en))
    return found


def _no_words(pairs: TextPairs, rng: random.Random) -> TextPairs:
    """A side is a line of marks or figures."""
    return [(rng.choice(MARKS), en) if rng.random() < 0.5 else (hi, rng.choice(MARKS)) for hi, en in pairs]


def _both_long(pairs: TextPairs) -> TextPairs:
    return [(hi, en) for hi, en in pairs if min(len(hi.split()), len(en.split())) >= _LONG]


KINDS: Final[dict[str, Maker]] = {
    "copied": _copied,
    "exchanged": _exchanged,
    "shifted": _shifted,
    "random": _random,
    "half translated": _half_translated,
    "other language": _other_language,
    "mojibake": _mojibake,
    "repeated": _repeated,
    "truncated": _truncated,
    "shuffled": _shuffled,
    "code, markup": _code,
    "boilerplate": _boilerplate,
    "near-duplicate": _near_duplicate,
    "other address": _other_address,
    "number changed": _number_changed,
    "no words": _no_words,
}
"""The kinds of bad pairs, each with its maker."""
