"""The sample pairs: gold that covers every character, valid dates, the promised kinds, and words of our own."""

import json
import re
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pytest

from tithi.sample import SamplePair, manifest, pairs
from tithi.sources.manifest import ManifestEntry, read_manifest

PAIRS = pairs()
SIDES: tuple[Literal["hi", "en"], ...] = ("hi", "en")
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
WINDOW = 40  # characters in a row that two texts do not share by chance

each_pair = pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.id)
each_side = pytest.mark.parametrize("side", SIDES)


def text(pair: SamplePair, side: Literal["hi", "en"]) -> str:
    return (pair.hi if side == "hi" else pair.en).read_text(encoding="utf-8")


def gold(pair: SamplePair) -> Any:
    return json.loads(pair.gold.read_text(encoding="utf-8"))


def sentences(pair: SamplePair, side: str) -> list[str]:
    known = gold(pair)
    return [*(sentence for bead in known["beads"] for sentence in bead[side]), *known[f"null_{side}"]]


def places(text: str, pieces: list[str]) -> dict[str, list[int]]:
    """Lay the pieces end to end over the text, blanks between them; return where each begins."""
    left = Counter(pieces)
    found: dict[str, list[int]] = {}
    at = len(text) - len(text.lstrip())
    while at < len(text):
        fitting = [piece for piece in left if left[piece] and text.startswith(piece, at)]
        assert fitting, f"not in gold: {text[at : at + 60]!r}"
        piece = max(fitting, key=len)
        left[piece] -= 1
        found.setdefault(piece, []).append(at)
        at += len(piece)
        at += len(text[at:]) - len(text[at:].lstrip())
    assert not +left
    return found


@each_pair
@each_side
def test_sentences_and_headings_cover_the_article_in_order(pair: SamplePair, side: Literal["hi", "en"]) -> None:
    known = gold(pair)
    found = places(text(pair, side), sentences(pair, side) + known[f"headings_{side}"])
    groups = [bead[side] for bead in known["beads"]] + [known[f"null_{side}"]]
    if side == "hi":
        groups.append([sentence for bead in known["beads"] for sentence in bead["hi"]])
    for group in groups:
        starts = [found[sentence][0] for sentence in group]
        assert starts == sorted(starts)
    assert all(bead["hi"] and bead["en"] for bead in known["beads"])


@each_pair
@each_side
def test_a_heading_is_a_line_of_its_own(pair: SamplePair, side: Literal["hi", "en"]) -> None:
    lines = text(pair, side).split("\n")
    assert [line for line in lines if line in gold(pair)[f"headings_{side}"]] == gold(pair)[f"headings_{side}"]


@each_pair
@each_side
def test_size_and_characters(pair: SamplePair, side: Literal["hi", "en"]) -> None:
    article = text(pair, side)
    assert 12 <= len(sentences(pair, side)) <= 45
    assert article.endswith("\n")
    assert not re.search(r"[ \t]\n|  |\n\n|[\r\t\u200b\ufeff]|\.\.", article)
    letters = Counter(unicodedata.name(c).split()[0] for c in article if c.isalpha())
    script, share = ("DEVANAGARI", 0.6) if side == "hi" else ("LATIN", 0.99)  # Hindi may be code-mixed
    assert letters[script] / letters.total() > share


@each_pair
def test_dates_are_edtf_and_match_the_segments(pair: SamplePair) -> None:
    known = gold(pair)
    for value in known["segments"]:
        first, _, last = value.partition("/")
        for part in filter(None, (first, last)):
            assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", part)
            date.fromisoformat(f"{part}-01-01"[:10])
        assert not last or first < last
    dated = [bead["date"] for bead in known["beads"] if bead["date"]]
    assert list(dict.fromkeys(dated)) == list(dict.fromkeys(known["segments"]))


def test_the_manifest_lists_every_file_and_is_read_without_rejects() -> None:
    assert len(PAIRS) >= 10
    entries = list(read_manifest(manifest()))
    assert [entry.id for entry in entries] == [pair.id for pair in PAIRS]
    for entry, pair in zip(entries, PAIRS, strict=True):
        assert isinstance(entry, ManifestEntry)
        assert (entry.hi.licence, entry.en.licence) == ("CC0-1.0", "CC0-1.0")
        assert (entry.hi.title, entry.en.title) == tuple(text(pair, side).split("\n")[0] for side in SIDES)
    named = {path.name for pair in PAIRS for path in (pair.hi, pair.en, pair.gold)}
    assert {path.name for path in manifest().parent.glob("*.*.*")} == named
    assert "CC0 1.0" in (manifest().parent / "LICENSE.txt").read_text(encoding="utf-8")


def test_the_kinds_that_an_aligner_must_cope_with_are_there() -> None:
    known = {pair.id: gold(pair) for pair in PAIRS}
    kinds = Counter(f"{len(bead['hi'])}-{len(bead['en'])}" for one in known.values() for bead in one["beads"])
    assert kinds.keys() == {"1-1", "1-2", "2-1", "1-3", "3-1", "2-2"}
    assert sum(len(one["segments"]) >= 5 for one in known.values()) >= 3
    assert any(one["segments"] == sorted(one["segments"], reverse=True) for one in known.values() if one["segments"])
    assert any(len(set(one["segments"])) < len(one["segments"]) for one in known.values())
    assert any(len(one["null_hi"]) >= 3 and len(one["null_en"]) >= 3 for one in known.values())
    hindi = "".join(text(pair, "hi") for pair in PAIRS)
    english = "".join(text(pair, "en") for pair in PAIRS)
    for piece in (
        "।”",
        "१",
        "फ\u093cरवरी",
        "\u095eरवरी",
        "सितम्बर",
        "डॉ. ",
        "प्रश्न:",
        "लाख",
        "करोड़",
        "WhatsApp",
        "नई दिल्ली:",
    ):
        assert piece in hindi, piece
    for piece in ("Dr. ", "U.N.", "Oct. ", "Sept. ", "million", "Q: ", "NEW DELHI –", "Comments", "3.2"):
        assert piece in english, piece
    assert any("।" not in text(pair, "hi") for pair in PAIRS)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not there")
def test_nothing_is_copied_from_the_seed_articles() -> None:
    seeds = [" ".join(path.read_text(encoding="utf-8").split()) for path in SEEDS.glob("*.txt")]
    assert seeds
    windows = {seed[i : i + WINDOW] for seed in seeds for i in range(len(seed) - WINDOW + 1)}
    for pair in PAIRS:
        for side in SIDES:
            own = " ".join(text(pair, side).split())
            assert not [own[i : i + WINDOW] for i in range(len(own) - WINDOW + 1) if own[i : i + WINDOW] in windows]
