"""How well sentences are cut: lines of parallel text joined into paragraphs, and the borders found again.

    python -m benchmarks.sentences DATA/dev/tico19 DATA/dev/faithful
    python -m benchmarks.sentences FOLDER... --half 2 --show

Lines that end with a stop, a danda or the like are joined in fives, one blank between them. A border within a line
counts as wrong; lines that may hold several sentences (a danda or a stop before a capital in them) are left out.
`--half` reads every other paragraph, the first of two or the second, so that one half can be kept unread.
"""

import argparse
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tithi.aligner.sentences import split_sentences
from tithi.errors import UsageError
from tithi.records import Lang
from training.needed import run

_ENDED = re.compile(r"[.!?।॥|][\"'”’)\]]*$")
_INNER = re.compile(r"[।॥|!?][\"'”’)\]]*\s*\S|[.][\"'”’)\]]*\s*[\"'“‘(]*[A-Z\u0904-\u0939]\S*\s")
_JOINED = 5
LANGS: tuple[Lang, Lang] = ("hi", "en")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--half", type=int, choices=(1, 2), help="read every other paragraph, from the first or second")
    parser.add_argument("--all", action="store_true", help="do not leave out lines that may hold several sentences")
    parser.add_argument("--show", action="store_true", help="print the borders that are missed or wrong")
    options = parser.parse_args()
    for folder in options.folders:
        if not any(folder.glob("*.hi")):
            raise UsageError(f"{folder}: must hold parallel text as NAME.hi and NAME.en; got none; name such a folder")
    print(f"{'folder':16}{'lang':>5}{'borders':>9}{'right':>9}{'missed':>8}{'wrong':>8}{'F1':>8}{'lines/s':>9}")
    for folder in options.folders:
        for lang in LANGS:
            made = list(paragraphs(folder, lang, everything=options.all))
            chosen = made if options.half is None else made[options.half - 1 :: 2]
            figures(folder.name, lang, chosen, show=options.show)


def paragraphs(folder: Path, lang: Lang, *, everything: bool) -> Iterator[list[str]]:
    """Yield the lines of each paragraph to be joined."""
    for path in sorted(folder.glob(f"*.{lang}")):
        lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n")]
        kept = [line for line in lines if _ENDED.search(line) and (everything or not _INNER.search(line))]
        for start in range(0, len(kept), _JOINED):
            yield kept[start : start + _JOINED]


def figures(name: str, lang: Lang, made: list[list[str]], *, show: bool) -> None:
    """Print how many borders are found again."""
    counts: Counter[str] = Counter()
    started = time.process_time()
    found = [split_sentences(" ".join(lines), lang) for lines in made]
    seconds = time.process_time() - started
    for lines, spans in zip(made, found, strict=True):
        text = " ".join(lines)
        borders, position = set(), 0
        for line in lines[:-1]:
            position += len(line)
            borders.add(position)
            position += 1
        ours = {stop for _, stop in spans[:-1]}
        counts.update(
            gold=len(borders), right=len(borders & ours), missed=len(borders - ours), wrong=len(ours - borders)
        )
        for kind, places in (("missed", borders - ours), ("wrong", ours - borders)):
            for place in sorted(places) if show else ():
                print(f"  {kind:7}{text[max(0, place - 50) : place]} ¦{text[place : place + 40]}")
    total = 2 * counts["right"] + counts["missed"] + counts["wrong"]
    f1 = 2 * counts["right"] / total if total else 0.0
    told = "".join(f"{counts[key]:{width}}" for key, width in (("gold", 9), ("right", 9), ("missed", 8), ("wrong", 8)))
    print(f"{name:16}{lang:>5}{told}{f1:8.4f}{sum(map(len, made)) / max(seconds, 1e-9):9.0f}")


if __name__ == "__main__":
    run(main)
