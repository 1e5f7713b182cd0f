"""What filters drop: `python -m benchmarks.filters DATA [--pairs N] [--preset NAME|FILE] [--half 0|1]`.

Bad pairs of sixteen kinds (see `benchmarks.bad_pairs`) are put into good ones: those of TICO-19, FLORES-200 dev and the
short pairs of the project, and human translations of news, speeches and paragraphs, once each, in a sea of pairs of
`DATA/train`. Printed are the share dropped of each kind, by which filter most, and the share of good pairs lost by
domain and class of length, then pairs a second and peak memory. `--half 1` uses the half of the documents that no
threshold was chosen on.
"""

import argparse
import lzma
import random
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Final

from benchmarks.bad_pairs import KINDS, STRETCH, TextPairs, made
from tithi.corpus.leaks import normal
from tithi.filters.config import chosen
from tithi.filters.judge import Thresholds
from tithi.filters.recurring import Corpus, boilerplate
from tithi.filters.verdict import Row
from tithi.pipeline.filtering import filtered
from tithi.records import TextPair
from training.needed import folder, run
from training.pairs import FAITHFUL, dev_pairs, faithful_pairs, short_pairs

__all__: list[str] = []

_PROSE: Final = (
    "mkb_mann_ki_baat", "mozilla_org_web", "bible_hhbd_web", "mt_geneval", "ethereum_org", "bitcoin_org",
)  # fmt: skip
"""Prose: half of it becomes bad pairs beside the dev sets, half is sea."""
_SEA: Final = (
    "aosp_ui", "hindi_visual_genome", "openclaw_docs_mt", "debian_mo_ui", "quran_3hi_x_3en", "samanantar_sample10k",
    "joshua_wiki_mturk", "ilci_tourism_health20k", "ms_beginners_docs_mt", "react_docs", "libreoffice_help",
)  # fmt: skip
"""The rest of the sea, whose pairs are less sure: mined, free, headings, translated by machines."""
_SHORT: Final = {"short": "tatoeba_minus_laser", "names": "lex_cldr_names", "programs": "chromium_ui"}
"""Sets with short pairs: everyday sentences, names of places and languages, and what programs say (where placeholders
were left out of one side now and then)."""
_BAD: Final = 0.1
_CLASSES: Final = ((3, "1-3"), (9, "4-9"), (29, "10-29"), (10**9, "30+"))
Labelled = tuple[str, str, str]


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("data", type=Path, help="the folder that holds dev and train")
    parser.add_argument("--pairs", type=int, default=100_000, help="how many pairs in all (default 100,000)")
    parser.add_argument("--preset", default="standard", help="a preset or a file of thresholds (default standard)")
    parser.add_argument("--half", type=int, choices=(0, 1), default=0, help="which half of the documents (default 0)")
    parser.add_argument("--jobs", type=int, default=1, help="processes (default 1)")
    parser.add_argument("--show", type=int, default=0, help="show so many good pairs lost and bad ones kept of each")
    args = parser.parse_args()
    folder(args.data / "dev", "tico19", "flores200", "faithful")
    folder(args.data, "train")
    _measure(_mixed(args.data, args.pairs, args.half), args)
    print("\nthe same kinds made of TICO-19 and FLORES-200 alone, one kind at a time")
    thresholds = chosen(args.preset)
    spare = _dev(args.data, args.half)[1]
    for kind in KINDS:
        rng = random.Random(2)
        texts = [pair for part in _bad(list(spare), len(spare) * STRETCH, rng, kinds=(kind,)) for pair in part]
        dropped = _dropped(texts, thresholds, args)
        _line(kind, dropped[kind])


def _mixed(data: Path, count: int, half: int) -> list[Labelled]:
    """Return labelled pairs: stretches of neighbours, good and bad in a random order."""
    rng = random.Random(1)
    stretches, spare = _dev(data, half)
    faithful = [pair for pair in faithful_pairs(data / "dev") if pair.half == half]
    for domain in FAITHFUL:
        good = _different((pair.hi, pair.en) for pair in faithful if pair.domain == domain)
        stretches += [[(domain.partition("_")[2], *pair) for pair in part] for part in _stretches(good)]
    for label, name in _SHORT.items():
        most = 4 if label == "names" else 10
        short = [pair for pair in islice(_source(data, name), half, 6000, 2) if len(pair[1].split()) < most]
        short += [(pair.hi, pair.en) for pair in short_pairs() if pair.half == half and label == "short"]
        stretches += [[(label, *pair) for pair in part] for part in _stretches(_different(short))]
    prose, rest = (
        [part for name in names for part in islice(_stretches(list(_source(data, name))), half, None, 2)]
        for names in (_PROSE, _SEA)
    )
    rng.shuffle(prose)
    cut = len(prose) // 2
    pool = [*spare, *prose[:cut]]
    rng.shuffle(pool)
    stretches += _bad(pool, int(count * _BAD / len(KINDS)), rng)
    have = sum(map(len, stretches))
    # What comes again is no loss: the sea has none of the good pairs.
    known = {(normal(hi), normal(en)) for part in stretches for label, hi, en in part if label not in KINDS}
    sea = [[pair for pair in part if (normal(pair[0]), normal(pair[1])) not in known] for part in (*prose[cut:], *rest)]
    rng.shuffle(sea)
    for part in cycle(sea):
        if have >= count:
            break
        stretches.append([("sea", *pair) for pair in part])
        have += len(part)
    rng.shuffle(stretches)
    return [pair for part in stretches for pair in part]


def _dev(data: Path, half: int) -> tuple[list[list[Labelled]], list[TextPairs]]:
    """Return stretches that stay good and others to spoil, or good and bad were one another's near-duplicates."""
    dev = [pair for pair in dev_pairs(data / "dev") if pair.half == half]
    domains = {(pair.hi, pair.en): pair.domain for pair in dev}
    parts = _stretches(_different(domains))
    random.Random(1).shuffle(parts)
    good, spare = parts[: len(parts) // 2], parts[len(parts) // 2 :]
    return [[(domains[pair], *pair) for pair in part] for part in good], spare


def _different(pairs: Iterable[tuple[str, str]]) -> TextPairs:
    """Return pairs without those whose words came before."""
    return list({(normal(hi), normal(en)): (hi, en) for hi, en in pairs}.values())


def _bad(pool: list[TextPairs], each: int, rng: random.Random, kinds: Iterable[str] = KINDS) -> list[list[Labelled]]:
    """Return about `each` bad pairs of every kind; what one kind was made of is not taken for another."""
    found: list[list[Labelled]] = []
    for kind in kinds:
        left, unused = each, []
        for part in pool:
            spoilt = made(kind, part, rng)[: max(left, 0)]
            if not spoilt:
                unused.append(part)
                continue
            left -= len(spoilt)
            # A near-duplicate comes after what it repeats.
            before = [("repeated later", *pair) for pair in part] if kind == "near-duplicate" else []
            found.append([*before, *((kind, *pair) for pair in spoilt)])
        pool = unused
        rng.shuffle(pool)
    return found


def _stretches(pairs: TextPairs) -> list[TextPairs]:
    return [pairs[i : i + STRETCH] for i in range(0, len(pairs), STRETCH)]


def _source(data: Path, name: str) -> Iterator[tuple[str, str]]:
    with lzma.open(data / "train" / f"{name}.tsv.xz", "rt", encoding="utf-8") as file:
        for line in file:
            hi, en = line.rstrip("\n").split("\t")[:2]
            if hi.strip() and en.strip():
                yield hi.strip(), en.strip()


def _measure(texts: list[Labelled], args: argparse.Namespace) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, cpu = time.monotonic(), time.process_time()
    dropped = _dropped(texts, chosen(args.preset), args)
    spent, clock = time.process_time() - cpu, time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"\n{'bad pairs':24} {'pairs':>7} {'dropped':>8}   by")
    for kind in KINDS:
        _line(kind, dropped[kind])
    print(f"\n{'good pairs':24} {'pairs':>7} {'dropped':>8}   by")
    for kind in sorted(set(dropped) - set(KINDS)):
        _line(kind, dropped[kind])
    print(
        f"{len(texts):,} pairs, {args.preset}: {len(texts) / spent:,.0f} a second of this process's CPU, "
        f"{len(texts) / clock:,.0f} by the clock; peak memory {peak // 1024:,} MB, {(peak - before) // 1024:,} MB "
        "above that of the pairs"
    )


def _dropped(texts: list[Labelled], thresholds: Thresholds, args: argparse.Namespace) -> dict[str, Counter[str]]:
    """Return by label how many pairs each filter dropped, `kept` the others."""
    rows = [Row(TextPair(f"made:{i}", hi, en), "made", f"made-{i // STRETCH}") for i, (_, hi, en) in enumerate(texts)]
    corpus = Corpus(thresholds, boilerplate(rows, thresholds))
    found: dict[str, Counter[str]] = defaultdict(Counter)
    shown: Counter[str] = Counter()
    for (label, hi, en), (_, verdict) in zip(texts, filtered(rows, thresholds, corpus, jobs=args.jobs), strict=True):
        kind = label if label in KINDS else f"{label} {_class(en)}"
        name = verdict.filter if verdict else "kept"
        found[kind][name] += 1
        if (verdict is None) == (label in KINDS) and label not in ("sea", "repeated later") and shown[kind] < args.show:
            shown[kind] += 1
            print(f"{kind}: {name} {verdict.score if verdict else ''} | {hi[:160]} | {en[:160]}")
    return found


def _class(text: str) -> str:
    return next(name for most, name in _CLASSES if len(text.split()) <= most)


def _line(kind: str, told: Counter[str]) -> None:
    total = max(told.total(), 1)
    by = ", ".join(f"{name} {count / total:.1%}" for name, count in told.most_common(6) if name != "kept")
    print(f"{kind:24} {told.total():7} {1 - told['kept'] / total:8.2%}   {by}")


if __name__ == "__main__":
    run(main)
