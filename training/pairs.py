"""Faithful pairs in two halves: one to learn and tune on, one to report.

Those of the dev sets, which are long sentences, are parted by document; the short ones of short_pairs.tsv, written for
this project by a language model that saw none of the sets and no rule (CC0), one by one.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tithi.sample import pairs as articles
from training.needed import folder

__all__ = ["FAITHFUL", "SHORT_PAIRS", "DevPair", "dev_pairs", "faithful_pairs", "sample_pairs", "short_pairs"]

SHORT_PAIRS = "short."
"""How the documents of the short pairs begin."""
FAITHFUL = ("himangy_radio_news", "ilgov_government", "xquad_paragraphs")
"""Sets of human translations of news, speeches and paragraphs, one file a domain."""
_CHUNK = {"tico19": 40, "flores200": 20}


@dataclass(frozen=True, slots=True)
class DevPair:
    """A faithful pair; `document` is a stretch of neighbouring lines, `half` is 0 (to learn on) or 1 (to report)."""

    document: str
    hi: str
    en: str

    @property
    def half(self) -> int:
        """The half of the whole document, by a hash of its name; of the faithful sets tens of lines in turn."""
        if self.domain in FAITHFUL:
            return int(self.document.rpartition(".")[2]) % 2
        return hashlib.sha256(self.document.encode()).digest()[0] % 2

    @property
    def domain(self) -> str:
        """Where it is from: a name of `FAITHFUL`, `short`, `FLORES-200` or `TICO-19`."""
        name = self.document.partition(".")[0]
        return {"short": "short", "flores_dev": "FLORES-200"}.get(name, name if name in FAITHFUL else "TICO-19")

    @property
    def short(self) -> bool:
        """Whether it is one of the short pairs."""
        return self.document.startswith(SHORT_PAIRS)


def dev_pairs(data: Path) -> Iterator[DevPair]:
    """Yield the pairs of TICO-19 and FLORES-200 in document order; long documents count as several by stretches.

    Raises:
        UsageError: `data` does not hold both.
    """
    folder(data, *_CHUNK)
    for corpus, lines in _CHUNK.items():
        for path in sorted((data / corpus).glob("*.hi")):
            hindi = path.read_text(encoding="utf-8").split("\n")
            english = path.with_suffix(".en").read_text(encoding="utf-8").split("\n")
            for i, (hi, en) in enumerate(zip(hindi, english, strict=True)):
                if hi.strip() and en.strip():
                    yield DevPair(f"{path.stem}.{i // lines}", hi.strip(), en.strip())


def faithful_pairs(data: Path) -> Iterator[DevPair]:
    """Yield the pairs of the sets of `FAITHFUL`, ten neighbouring lines a document.

    Raises:
        UsageError: `data` does not hold them.
    """
    folder(data, "faithful")
    for name in FAITHFUL:
        path = data / "faithful" / f"{name}.hi"
        hindi = path.read_text(encoding="utf-8").split("\n")
        english = path.with_suffix(".en").read_text(encoding="utf-8").split("\n")
        kept = [(hi.strip(), en.strip()) for hi, en in zip(hindi, english, strict=True) if hi.strip() and en.strip()]
        for i, (hi, en) in enumerate(kept):
            yield DevPair(f"{name}.{i // 10}", hi, en)


def sample_pairs() -> Iterator[DevPair]:
    """Yield the single sentences of the sample articles that translate each other; nothing learns from them."""
    for article in articles():
        for bead in json.loads(article.gold.read_text("utf-8"))["beads"]:
            if len(bead["hi"]) == len(bead["en"]) == 1:
                yield DevPair(article.gold.stem, bead["hi"][0], bead["en"][0])


def short_pairs() -> Iterator[DevPair]:
    """Yield the short pairs, each a document of its own."""
    lines = Path(__file__).with_name("short_pairs.tsv").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        hi, en = line.split("\t")
        yield DevPair(f"{SHORT_PAIRS}{number}", hi, en)
