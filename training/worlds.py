"""Documents of many kinds with known alignment, and the noise that comparable articles have.

A world is a source of line-aligned documents: health texts of many kinds, news and guides, scripture verse by verse in
several translations, speeches, an encyclopaedia, short everyday sentences, radio news, government. Its documents are
dealt to three parts by turns: `learn` is what weights are learnt from, `read` what is measured while they are made,
`unread` what is measured once, at the end. The worlds of `KEPT` are whole in the part `unread`: nothing was learnt from
any of their documents.

The encoder has learnt from the sentence pairs of the worlds under `train`, from none under `dev`: they look a little
more alike there than what it has never seen, which `free` noise makes up for. The speeches were paired by a machine: a
pair whose sides are more alike to a neighbour's than to each other is left out of them.
"""

import lzma
from collections.abc import Mapping
from dataclasses import replace
from itertools import compress
from pathlib import Path
from typing import Final, Literal

import numpy as np

from tithi.encoder import load
from training.foreign import Pair, matters
from training.needed import folder
from training.noisy_documents import cut, read_documents
from training.rates import EASY, HARD, PLAIN, Rates

__all__ = ["KEPT", "LEARNT", "NOISES", "Documents", "Part", "deal", "pairs_of", "read_worlds", "versions"]

Part = Literal["learn", "read", "unread"]
Documents = dict[str, list[Pair]]

#: Which part each fifth document goes to.
_DEAL: Final[tuple[Part, ...]] = ("learn", "learn", "read", "learn", "unread")
#: Lines of a document, and how many are taken of a world, evenly from all of it.
_LINES: Final = 60
_MOST: Final = 60
#: Worlds of `train`: the name of the file.
_TRAIN: Final = {
    "bible, modern": "bible_hhbd_web",
    "bible, archaic": "bible_hhbd_kjv",
    "quran": "quran_3hi_x_3en",
    "speech": "mkb_mann_ki_baat",
    "encyclopaedia": "joshua_wiki_mturk",
    "everyday": "tatoeba_minus_laser",
}
#: The whole poem ten times, by each pair of two Hindi and five English translators. A world of its own is every other
#: one, so that no verse stands in a world twice.
_GITA: Final = "gita_translations"
_GITA_STEP: Final = 2
#: Neighbours, so far away and more alike by so much, that make a pair of speeches doubtful.
_NEIGHBOURS: Final = 3
_MORE_ALIKE: Final = 0.05
_FAITHFUL: Final = {"radio": "himangy_radio_news", "government": "ilgov_government"}
#: Worlds of which nothing is learnt and nothing is looked at before the end.
KEPT: Final = frozenset({"quran", "radio", "government"})

_FOREIGN: Final = Rates(merge=0.06, move=0.01, delete=0.12, insert=0.3, block=0.2)
_FOREIGN_MOST: Final = Rates(merge=0.03, delete=0.1, insert=0.4, block=0.3)
#: What happens to documents, by name.
NOISES: Final = {
    "plain": PLAIN,
    "easy": EASY,
    "hard": HARD,
    "moved": replace(EASY, relocate=0.03),
    "60 % foreign": _FOREIGN,
    "80 % foreign": _FOREIGN_MOST,
    "moved, 60 % foreign": replace(_FOREIGN, relocate=0.05),
    "half foreign": Rates(merge=0.05, insert=0.3, block=0.2),
    "backwards": replace(EASY, backwards=1.0),
    "summary": replace(EASY, summary=1.0),
    "free": replace(EASY, free=0.6),
}
#: What scores are learnt from: these, and the order differs in as many documents with foreign lines as it does not, so
#: that neither is expected of a bead that seems to have moved.
LEARNT: Final[Mapping[str, Rates]] = NOISES | {
    "moved, 80 % foreign": replace(_FOREIGN_MOST, relocate=0.05),
    "moved, half foreign": replace(NOISES["half foreign"], relocate=0.05),
}


def read_worlds(data: Path, part: Part) -> dict[str, Documents]:
    """Return the documents of a part by world; `data` holds `dev` and `train`.

    Raises:
        UsageError: A folder is not there.
        DataError: A file of it cannot be read.
    """
    folder(data / "dev", "tico19", "flores200", "faithful")
    folder(data, "train")
    worlds = {
        "health": cut(read_documents(data / "dev" / "tico19"), 100),
        "news and guides": cut(read_documents(data / "dev" / "flores200"), 40),
    }
    faithful = read_documents(data / "dev" / "faithful")
    worlds |= {world: cut({world: faithful[name]}, _LINES) for world, name in _FAITHFUL.items()}
    worlds |= {world: _sampled(world, pairs_of(data / "train" / f"{name}.tsv.xz")) for world, name in _TRAIN.items()}
    for number, version in enumerate(versions(pairs_of(data / "train" / f"{_GITA}.tsv.xz")), 1):
        worlds[f"gita {number}"] = cut({"gita": version}, _LINES)
    worlds["speech"] = {name: _paired_rightly(pairs) for name, pairs in worlds["speech"].items()}
    return {world: dealt for world, found in worlds.items() if (dealt := deal(world, found, part))}


def deal(world: str, found: Documents, part: Part) -> Documents:
    """Return the documents of a world that lie in a part."""
    if world in KEPT:
        return found if part == "unread" else {}
    return {name: pairs for k, (name, pairs) in enumerate(sorted(found.items())) if _DEAL[k % len(_DEAL)] == part}


def pairs_of(path: Path) -> list[Pair]:
    """Return the pairs of a file, without those that say the same twice in a row."""
    pairs: list[Pair] = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            hi, _, en = line.rstrip("\n").partition("\t")
            if hi.strip() and en.strip() and (not pairs or hi != pairs[-1][0]):
                pairs.append((hi.strip(), en.strip()))
    return pairs


def _sampled(world: str, pairs: list[Pair]) -> Documents:
    pieces = sorted(cut({world: pairs}, _LINES).items())
    step = max(1, len(pieces) // _MOST)
    return dict(pieces[::step][:_MOST])


def versions(pairs: list[Pair]) -> list[list[Pair]]:
    """Return every other of the versions of a text: each begins where its first line is told again."""
    told = matters(pairs)
    starts = [k for k, matter in enumerate(told) if matter == told[0]]
    return [pairs[start:stop] for start, stop in zip(starts, [*starts[1:], len(pairs)], strict=True)][::_GITA_STEP]


def _paired_rightly(pairs: list[Pair]) -> list[Pair]:
    encoder = load()
    hi, en = encoder.encode([hi for hi, _ in pairs], "hi"), encoder.encode([en for _, en in pairs], "en")
    alike = np.einsum("nd,md->nm", hi, en)
    rows = np.arange(len(pairs))
    near = np.abs(rows[:, None] - rows) <= _NEIGHBOURS
    near[rows, rows] = False
    other = np.where(near, np.maximum(alike, alike.T), -1).max(axis=1)
    return list(compress(pairs, np.diag(alike) > other - _MORE_ALIKE))
