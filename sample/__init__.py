"""Article pairs written for this project in both languages (CC0), with gold segments and beads.

    >>> [pair.id for pair in pairs()][:3]
    ['01_festivals', '02_bridge', '03_space']

`pairs.jsonl` is a manifest as `tithi build --manifest` reads it. A gold file holds

    beads         {"date", "hi": [sentences], "en": [sentences]}, in Hindi order; "date" is that of the Hindi segment
    null_hi, null_en          sentences without a counterpart
    segments      the dates (EDTF) of the Hindi segments, in order
    headings_hi, headings_en  lines that are headings (a date, a dateline) and no sentences
    dateline      where there is one, the dateline of each side

Sentences are the article's own characters. Whatever is not blank lies in exactly one sentence or heading.
"""

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

__all__ = ["SamplePair", "manifest", "pages", "pairs"]


@dataclass(frozen=True, slots=True)
class SamplePair:
    """An article pair: its id and the files of its Hindi side, its English side and its gold alignment."""

    id: str
    hi: Path
    en: Path
    gold: Path


def manifest() -> Path:
    """Return the manifest of all pairs."""
    return _folder() / "pairs.jsonl"


def pages(lang: str) -> Path:
    """Return the folder of web pages in a language, `hi` or `en`: twenty a side, fifteen of them in both."""
    return _folder() / "pages" / lang


def pairs() -> list[SamplePair]:
    """Return the pairs in the order of the manifest.

    Example:
        >>> pairs()[0].hi.read_text(encoding="utf-8").partition(": ")[0]
        'कनकपुर के त्योहारों का साल'
    """
    folder = _folder()
    rows = [json.loads(line) for line in manifest().read_text(encoding="utf-8").splitlines()]
    return [
        SamplePair(row["id"], folder / row["hi"], folder / row["en"], folder / f"{row['id']}.gold.json") for row in rows
    ]


def _folder() -> Path:
    return Path(str(files("tithi.sample")))
