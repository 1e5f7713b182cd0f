"""Make evidence/common_words.tsv: English words that sentences of the training sources write in lower case.

    python -m training.common_words DATA/train

Only counts are kept. The rows of evidence/names.tsv with the source CLDR come from babel's territories and languages of
one word in both languages; all other tables of `tithi.checks` are written by hand.
"""

import argparse
import lzma
import re
from collections import Counter
from pathlib import Path

from tithi.numerals.tokens import word_list
from training.needed import needed, run

TARGET = Path(__file__).parents[1] / "evidence" / "common_words.tsv"
LEFT_OUT = (
    "lex_",
    "names_",
    "translit_",
    "debian",
    "quran",
    "bible_hhbd_kjv",
    "bible_hhbd_asv",
    "iitb",
    "openclaw",
    "ilci",
)
"""Word lists, repeated verses, machine output, and sources that write names in lower case."""

_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_LEAST = 3
_SHARE = 0.5
_LONGEST = 24


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("train", type=Path, help="the folder of the training sources")
    train = needed(parser.parse_args().train, "train")
    lower: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    sources = [path for path in sorted(train.glob("*.tsv.xz")) if not path.name.startswith(LEFT_OUT)]
    for path in sources:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                _count(line.rstrip("\n").split("\t"), lower, capital)
    calendar = word_list("tithi.dates", "words.tsv").forms("month", "weekday") - {"march", "may"}
    kept = [
        word
        for word, count in lower.items()
        if count >= _LEAST
        and count >= _SHARE * capital[word]
        and len(word) <= _LONGEST
        and "'" not in word
        and word not in calendar
    ]
    names = ", ".join(path.name.removesuffix(".tsv.xz") for path in sources)
    head = [
        "# English words seen in lower case inside sentences: not names when a sentence begins with them.",
        "# Made by training/common_words.py; counts over the training sources",
        f"# {names}.",
        "word\tcount",
    ]
    rows = [f"{word}\t{lower[word]}" for word in sorted(kept, key=lambda word: (-lower[word], word))]
    TARGET.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")
    print(f"{len(rows)} words")


def _count(columns: list[str], lower: Counter[str], capital: Counter[str]) -> None:
    for i, word in enumerate(_WORD.findall(columns[1]) if len(columns) > 1 else ()):
        if word[0].islower():
            lower[word] += 1
        elif i > 0 and word[1:].islower():
            capital[word.lower()] += 1


if __name__ == "__main__":
    run(main)
