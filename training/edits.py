"""Edits of a word or two that turn what a faithful pair says, and pairs that are no translation at all.

The words stand in edits.tsv: where both first forms stand, the side to spoil gets its second form.
"""

import random
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tithi.script import LETTERS
from training.made_errors import Spoilt

__all__ = ["EDITS", "NO_TRANSLATIONS", "edit", "no_translation"]

Edit = tuple[str, str, str, str]


@cache
def _edits() -> dict[str, list[Edit]]:
    edits: dict[str, list[Edit]] = {}
    for line in Path(__file__).with_name("edits.tsv").read_text(encoding="utf-8").splitlines()[2:]:
        kind, hi, hi_new, en, en_new = line.split("\t")
        edits.setdefault(kind, []).append((hi, hi_new, en, en_new))
    return edits


EDITS: dict[str, frozenset[str]] = {
    "quantity": frozenset({"quantity"}),
    "only": frozenset({"quantity"}),
    "more": frozenset({"comparison", "direction", "contrast"}),
    "bound": frozenset({"comparison", "contrast"}),
    "may/will": frozenset({"modality"}),
    "must/may": frozenset({"modality"}),
    "hedge": frozenset({"hedge"}),
    "cause": frozenset({"cause"}),
    "percent": frozenset({"percent"}),
    "percent lost": frozenset({"percent", "number", "unit"}),
    "rise/fall": frozenset({"direction", "contrast"}),
    "first/second": frozenset({"ordinal", "number"}),
    "before/after": frozenset({"direction", "contrast"}),
    "am/pm": frozenset({"time", "date", "contrast"}),
    "era": frozenset({"era", "date"}),
    "unit lost": frozenset({"unit", "number"}),
    "currency": frozenset({"unit", "currency"}),
    "verdict": frozenset({"verdict", "contrast"}),
    "kin": frozenset({"kin", "contrast"}),
    "direction": frozenset({"direction", "contrast"}),
}
"""Kinds of edits and the kinds of issues that name them rightly."""

NO_TRANSLATIONS = ("English as Hindi", "Hindi as English", "exchanged", "half English", "said twice", "shuffled")
"""What a filter must drop."""


def _placed(form: str, text: str) -> re.Match[str] | None:
    if not form[0].isalpha():
        return re.search(re.escape(form), text)
    return re.search(rf"(?<![\w{LETTERS}]){re.escape(form)}(?![\w{LETTERS}])", text)


def edit(pairs: Sequence[tuple[str, str]], kind: str, *, seed: int = 1) -> list[tuple[int, Spoilt]]:
    """Make one edit of `kind` in each pair that has a place for it, the side drawn at random."""
    rng = random.Random(f"{seed}:{kind}")
    made = []
    for i, (hi, en) in enumerate(pairs):
        options = []
        for hi_old, hi_new, en_old, en_new in _edits()[kind]:
            places = _placed(hi_old, hi), _placed(en_old, en)
            if places[0] and places[1]:
                options += [("hi", places[0], hi_new)] if not hi_new or hi_new[0] not in "\u093e\u0947" else []
                options += [("en", places[1], en_new)]
        if not options:
            continue
        side, place, new = rng.choice(options)
        text = hi if side == "hi" else en
        changed = " ".join((text[: place.start()] + new + text[place.end() :]).split())
        spoilt = (changed, en) if side == "hi" else (hi, changed)
        made.append((i, Spoilt(kind, side, *spoilt, EDITS[kind])))
    return made


def no_translation(pairs: Sequence[tuple[str, str]], kind: str, *, seed: int = 1) -> list[tuple[int, Spoilt]]:
    """Make of each pair what is no translation; pairs of fewer than five words a side are left out."""
    rng = random.Random(f"{seed}:{kind}")
    made = []
    for i, (hi, en) in enumerate(pairs):
        ours, theirs = hi.split(), en.split()
        if min(len(ours), len(theirs)) < 5:
            continue
        if kind == "shuffled":
            rng.shuffle(theirs)
            rng.shuffle(ours)
        spoilt = {
            "English as Hindi": (en, en),
            "Hindi as English": (hi, hi),
            "exchanged": (en, hi),
            "half English": (" ".join([*ours[: len(ours) // 2], *theirs[len(theirs) // 2 :]]), en),
            "said twice": (hi, f"{en} {en}") if i % 2 else (f"{hi} {hi}", en),
            "shuffled": (hi, " ".join(theirs)) if i % 2 else (" ".join(ours), en),
        }[kind]
        made.append((i, Spoilt(kind, "en", *spoilt, frozenset())))
    return made
