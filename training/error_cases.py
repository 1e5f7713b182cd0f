"""What the makers of errors are given, and how they put a text back."""

import random
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

__all__ = ["Case", "Maker", "put", "words_of"]


@cache
def words_of(kind: str) -> list[tuple[str, ...]]:
    """Return the rows of a kind of made_errors.tsv: English, Hindi, and the rivals of both."""
    lines = Path(__file__).with_name("made_errors.tsv").read_text(encoding="utf-8").splitlines()[3:]
    return [tuple(words) for name, *words in (line.split("\t") for line in lines) if name == kind]


class Case(NamedTuple):
    """What a maker is given; `given` are names to exchange, or the pair that a clause or sentence is taken from."""

    hi: str
    en: str
    side: str
    rng: random.Random
    given: Sequence[tuple[str, str]]


Maker = Callable[[Case], tuple[str, str] | None]


def put(hi: str, en: str, side: str, text: str) -> tuple[str, str]:
    """Return the pair with the text for one side."""
    return (text, en) if side == "hi" else (hi, text)
