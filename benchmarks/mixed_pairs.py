"""Good pairs with bad ones put among them, as many as are asked for, each labelled with what it is.

Good ones are those of TICO-19, FLORES-200 dev and the short pairs of the project, and human translations of news,
speeches and paragraphs, once each. What is spoilt are other stretches of the dev sets and of prose (see
`benchmarks.bad_pairs`): each is a donor for every kind, and again with other cuts where more are asked for. The rest is
a sea of pairs of `DATA/train`, once each, then neighbours of them joined, so that none comes again.
"""

import lzma
import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, cycle, islice
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.bad_pairs import KINDS, STRETCH, TextPairs, made
from tithi.corpus.leaks import normal
from tithi.filters.verdict import Row
from tithi.records import TextPair
from training.pairs import FAITHFUL, dev_pairs, faithful_pairs, short_pairs

__all__ = ["BEFORE", "SEA", "Labelled", "Part", "mixed", "rows", "spare_parts", "spoilt"]

BEFORE: Final = "repeated later"
"""The label of what a near-duplicate repeats, which stands before it."""
SEA: Final = "sea"
_PROSE: Final = (
    "mkb_mann_ki_baat", "mozilla_org_web", "bible_hhbd_web", "mt_geneval", "ethereum_org", "bitcoin_org",
)  # fmt: skip
"""Prose: half of it becomes bad pairs beside the dev sets, half is sea."""
_SEA: Final = (
    "aosp_ui", "hindi_visual_genome", "openclaw_docs_mt", "debian_mo_ui", "quran_3hi_x_3en", "samanantar_sample10k",
    "joshua_wiki_mturk", "ilci_tourism_health20k", "ms_beginners_docs_mt", "react_docs", "libreoffice_help",
    "libreoffice_ui", "firefox_ui", "mediawiki_ui", "wikipedia_android_ui", "hindencorp_sample4k", "iitb_subset10k",
    "gita_translations", "chromium_ui", "tatoeba_minus_laser",
)  # fmt: skip
"""The rest of the sea, whose pairs are less sure: mined, free, headings, translated by machines."""
_SHORT: Final = {"short": "tatoeba_minus_laser", "names": "lex_cldr_names", "programs": "chromium_ui"}
"""Sets with short pairs: everyday sentences, names of places and languages, and what programs say (where placeholders
were left out of one side now and then)."""
_LEAST: Final = 250
"""Bad pairs of each kind, at least: fewer tell no share, and boilerplate would stand in too few articles."""
_JOINED: Final = STRETCH // 2
"""So many neighbouring pairs are joined to one, at most."""


class Labelled(NamedTuple):
    """A pair, a kind of `KINDS`, `BEFORE`, `SEA` or the domain of a good pair, and the article that it is a line of."""

    label: str
    article: str
    hi: str
    en: str


class Part(NamedTuple):
    """Neighbouring good pairs, and the article that they stand in."""

    article: str
    pairs: TextPairs


def mixed(data: Path, count: int, bad: float, half: int) -> list[Labelled]:
    """Return about `count` labelled pairs, the share `bad` of them bad: stretches of neighbours in a random order.

    All good pairs are there, and 250 bad ones of each kind at least, however few are asked for.
    """
    rng = random.Random(1)
    good, spare = _dev(data, half)
    good += _faithful(data, half)
    prose = [list(_stretches(name, _source(data, name))) for name in _PROSE]
    mine = [part for parts in prose for part in parts[half::2]]
    rng.shuffle(mine)
    donors = [*spare, *mine[: len(mine) // 2]]
    each = max(int(count * bad / len(KINDS)), _LEAST)
    parts = [*good, *(part for kind in KINDS for part in spoilt(kind, donors, each, rng))]
    left = count - sum(map(len, parts))
    taken = {_words(pair.hi, pair.en) for part in good for pair in part}
    taken.update(_words(*pair) for part in donors for pair in part.pairs)
    rest = (part for name in _SEA for part in _stretches(name, _source(data, name)))
    for part in _sea([*chain.from_iterable(prose), *rest], taken, rng):
        if left <= 0:
            break
        parts.append(part)
        left -= len(part)
    rng.shuffle(parts)
    return list(chain.from_iterable(parts))


def rows(pairs: Sequence[Labelled]) -> Iterator[Row]:
    """Yield labelled pairs as rows of one source, none held."""
    for i, (_, article, hi, en) in enumerate(pairs):
        yield Row(TextPair(f"made:{i}", hi, en), "made", article)


def spoilt(kind: str, donors: Sequence[Part], each: int, rng: random.Random) -> Iterator[list[Labelled]]:
    """Yield `each` bad pairs of a kind, in stretches; none if the donors have no place for its fault.

    All donors are gone through again and again, their neighbouring pairs joined by twos, threes and so on; only when
    they give nothing new the same pairs come again, as boilerplate does from the beginning. Whatever is made of one
    stands in one article, or the sides that it leaves as they were would be boilerplate.
    """
    order = list(donors)
    before: set[tuple[str, str]] = set()
    idle = 0
    for size in cycle(range(1, _JOINED + 1)):
        rng.shuffle(order)
        idle += 1
        for part in order:
            pairs = _joined(part.pairs, size, rng.randrange(size))
            found = [pair for pair in made(kind, pairs, rng) if kind == "boilerplate" or pair not in before][:each]
            if not found:
                continue
            idle = 0
            before.update(found)
            first = [Labelled(BEFORE, part.article, *pair) for pair in pairs] if kind == "near-duplicate" else []
            yield [*first, *(Labelled(kind, part.article, *pair) for pair in found)]
            each -= len(found)
            if each <= 0:
                return
        if idle == _JOINED:
            if not before:
                return
            before.clear()


def spare_parts(data: Path, half: int) -> list[Part]:
    """Return the stretches of TICO-19 and FLORES-200 that are spoilt."""
    return _dev(data, half)[1]


def _sea(parts: Sequence[Part], taken: set[tuple[str, str]], rng: random.Random) -> Iterator[list[Labelled]]:
    """Yield pairs that nobody took, in their stretches, then joined with their neighbours by twos, threes and so on."""
    free = [[pair for pair in part.pairs if _words(*pair) not in taken] for part in parts]
    for size in range(1, _JOINED + 1):
        for start in range(size):
            order = list(range(len(parts)))
            rng.shuffle(order)
            for i in order:
                yield [Labelled(SEA, parts[i].article, *pair) for pair in _joined(free[i], size, start)]


def _dev(data: Path, half: int) -> tuple[list[list[Labelled]], list[Part]]:
    """Return stretches that stay good and others to spoil, or good and bad were one another's near-duplicates."""
    dev = [pair for pair in dev_pairs(data / "dev") if pair.half == half]
    domains = {(pair.hi, pair.en): pair.domain for pair in dev}
    parts = list(_stretches("dev", _different(domains)))
    random.Random(1).shuffle(parts)
    cut = len(parts) // 2
    good = [[Labelled(domains[pair], part.article, *pair) for pair in part.pairs] for part in parts[:cut]]
    return good, parts[cut:]


def _faithful(data: Path, half: int) -> list[list[Labelled]]:
    """Return stretches of human translations and short pairs, all good."""
    faithful = [pair for pair in faithful_pairs(data / "dev") if pair.half == half]
    sets = {
        domain.partition("_")[2]: [(pair.hi, pair.en) for pair in faithful if pair.domain == domain]
        for domain in FAITHFUL
    }
    for label, name in _SHORT.items():
        most = 4 if label == "names" else 10
        sets[label] = [pair for pair in islice(_source(data, name), half, 6000, 2) if len(pair[1].split()) < most]
    sets["short"] += [(pair.hi, pair.en) for pair in short_pairs() if pair.half == half]
    # What two sets have in common stands in the first.
    known: dict[tuple[str, str], str] = {}
    found = []
    for label, pairs in sets.items():
        fresh = [pair for pair in _different(pairs) if known.setdefault(_words(*pair), label) == label]
        found += [[Labelled(label, part.article, *pair) for pair in part.pairs] for part in _stretches(label, fresh)]
    return found


def _different(pairs: Iterable[tuple[str, str]]) -> TextPairs:
    """Return pairs without those whose words came before."""
    return list({_words(hi, en): (hi, en) for hi, en in pairs}.values())


def _words(hi: str, en: str) -> tuple[str, str]:
    return normal(hi), normal(en)


def _joined(pairs: TextPairs, size: int, start: int) -> TextPairs:
    groups = (pairs[i : i + size] for i in range(start, len(pairs) - size + 1, size))
    return [(" ".join(hi for hi, _ in group), " ".join(en for _, en in group)) for group in groups]


def _stretches(name: str, pairs: Iterable[tuple[str, str]]) -> Iterator[Part]:
    remaining = iter(pairs)
    number = 0
    while part := list(islice(remaining, STRETCH)):
        number += 1
        yield Part(f"{name} {number}", part)


def _source(data: Path, name: str) -> Iterator[tuple[str, str]]:
    with lzma.open(data / "train" / f"{name}.tsv.xz", "rt", encoding="utf-8") as file:
        for line in file:
            hi, en = line.rstrip("\n").split("\t")[:2]
            if hi.strip() and en.strip():
                yield hi.strip(), en.strip()
