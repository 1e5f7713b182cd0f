"""Count which words follow which, for `tithi.evidence.order`: `python -m training.word_order DATA [OUT]`.

Reads the sources of prose and of programs in `DATA/train`; a text that a source repeats is counted once. Pairs of words
that were met twice and words that were met three times are kept, as hashes.
"""

import argparse
import lzma
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from tithi.evidence.order import EDGE, STEP, pair_hashes, word_hash
from tithi.evidence.words import words
from tithi.records import Lang
from training.needed import folder, run

__all__: list[str] = []

_SOURCES: Final = (
    "mkb_mann_ki_baat", "samanantar_sample10k", "joshua_wiki_mturk", "mt_geneval", "hindencorp_sample4k",
    "tatoeba_minus_laser", "mozilla_org_web", "react_docs", "ethereum_org", "bitcoin_org", "hindi_visual_genome",
    "bible_hhbd_web", "quran_3hi_x_3en", "ms_beginners_docs_mt", "openclaw_docs_mt", "chromium_ui", "libreoffice_help",
    "gita_translations", "ilci_tourism_health20k", "aosp_ui", "debian_mo_ui",
)  # fmt: skip
_LOWERED: Final = ("ilci_tourism_health20k",)
"""The English of these has no marks and no figures."""
_SIDES: Final[tuple[Lang, Lang]] = ("hi", "en")
_LEAST: Final = {"words": 3, "pairs": 2}


def main() -> None:
    """Count, and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("data", type=Path, help="the folder that holds train")
    parser.add_argument("out", type=Path, nargs="?", default=Path("evidence/order.npz"), help="the table to write")
    args = parser.parse_args()
    folder(args.data, "train")
    tables: dict[str, np.ndarray] = {}
    for lang in _SIDES:
        counted: dict[str, Counter[int]] = {"words": Counter(), "pairs": Counter()}
        for keys in _texts(args.data / "train", lang):
            hashes = np.array([word_hash(key, lang) for key in (EDGE, *keys, EDGE)], np.uint32)
            counted["words"].update(hashes.tolist())
            counted["pairs"].update(pair_hashes(hashes[:-1], hashes[1:]).tolist())
        tables[f"{lang}_total"] = np.array(float(counted["words"].total()))
        for kind, counts in counted.items():
            kept = {key: count for key, count in counts.items() if count >= _LEAST[kind]}
            tables[f"{lang}_{kind}"], tables[f"{lang}_{kind}_counts"] = _steps(kept)
            print(f"{lang}: {len(kept):,} of {len(counts):,} {kind}")
    np.savez_compressed(args.out, allow_pickle=False, **tables)
    print(f"{args.out}: {args.out.stat().st_size:,} bytes")


def _texts(train: Path, lang: Lang) -> Iterator[list[str]]:
    for name in _SOURCES:
        if lang == "en" and name in _LOWERED:
            continue
        seen: set[str] = set()
        with lzma.open(train / f"{name}.tsv.xz", "rt", encoding="utf-8") as file:
            for line in file:
                text = line.rstrip("\n").split("\t")[_SIDES.index(lang)]
                if text not in seen:
                    seen.add(text)
                    yield words(text).keys


def _steps(counts: dict[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Return sorted hashes as steps of at most 16 bits, and the logarithm of each count in 8 bits; 255: no hash."""
    steps, told = [], []
    before = 0
    for key in sorted(counts):
        step = key - before
        while step > 0xFFFF:
            steps.append(0xFFFF)
            told.append(255)
            step -= 0xFFFF
        steps.append(step)
        told.append(min(round(float(np.log(counts[key])) * STEP), 254))
        before = key
    return np.array(steps, np.uint16), np.array(told, np.uint8)


if __name__ == "__main__":
    run(main)
