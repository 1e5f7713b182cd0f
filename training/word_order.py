"""Learn how words stand in texts, for `tithi.evidence.order`: `python -m training.word_order DATA [OUT]`.

Reads the sources of prose and of programs in `DATA/train`, a text that a source repeats once. Needs torch; takes some
minutes of one core and a gigabyte. Words are kept as hashes, and what was learnt of them in 8 bits.
"""

import argparse
import lzma
import random
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from tithi.evidence.order import CASES, FIRST, MARKS, WIDTH, names, piece, pieces, unknown, word_hash
from tithi.evidence.words import Words, words
from tithi.numerals.memo import Memo
from tithi.records import Lang
from training.needed import folder, packages, run

with packages():
    import torch

    from training.word_order_net import Ends, Net, Texts, learn, learn_ends

__all__: list[str] = []

_SOURCES: Final = {
    "mkb_mann_ki_baat": 9_000, "samanantar_sample10k": 10_000, "joshua_wiki_mturk": 12_000, "mt_geneval": 3_000,
    "hindencorp_sample4k": 4_100, "tatoeba_minus_laser": 3_000, "mozilla_org_web": 3_000, "react_docs": 3_000,
    "ethereum_org": 2_000, "bitcoin_org": 1_000, "hindi_visual_genome": 10_000, "bible_hhbd_web": 12_000,
    "quran_3hi_x_3en": 8_000, "ms_beginners_docs_mt": 32_000, "openclaw_docs_mt": 30_000, "chromium_ui": 14_000,
    "libreoffice_help": 7_000, "gita_translations": 3_000, "ilci_tourism_health20k": 20_000, "aosp_ui": 7_000,
    "debian_mo_ui": 20_000, "mediawiki_ui": 6_000, "firefox_ui": 5_000, "wikipedia_android_ui": 1_300,
}  # fmt: skip
"""At most so many texts of each source."""
_EVERYDAY: Final = ("tatoeba_minus_laser", "mkb_mann_ki_baat")
_OFTEN: Final = 3
"""What people say is read so many times as often, for there is little of it."""
_SIDES: Final[tuple[Lang, Lang]] = ("hi", "en")
_WORDS, _ENDINGS = 8_000, 800
_LEAST, _MOST = 3, 120
_ROUNDS: Final = 5


def main() -> None:
    """Learn both languages, and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("data", type=Path, help="the folder that holds train")
    parser.add_argument("out", type=Path, nargs="?", default=Path("evidence/order.npz"), help="the table to write")
    parser.add_argument("--rounds", type=int, default=_ROUNDS, help=f"how often all texts are read (default {_ROUNDS})")
    args = parser.parse_args()
    folder(args.data, "train")
    torch.set_num_threads(1)
    tables: dict[str, np.ndarray] = {}
    for lang in _SIDES:
        found = [words(text) for text in _texts(args.data / "train", lang)]
        known = _vocabulary(found)
        rows = {word_hash(name): FIRST + i for i, name in enumerate(known)}
        told = Memo(partial(piece, rows=rows))
        rarer = np.array([*range(FIRST), *(_rarer(name, rows) for name in known)], np.int32)
        streams = [stream[stream >= 0][:_MOST] for text in found for stream in [np.array(pieces(text, told), np.int32)]]
        texts = Texts([stream for stream in streams if (stream // CASES > len(MARKS)).sum() >= _LEAST], rarer)
        print(f"{lang}: {len(texts.lengths):,} texts, {len(known):,} words and endings", flush=True)
        net, ends = learn(texts, len(rarer), args.rounds), learn_ends(texts, len(rarer))
        stored = {"hashes": np.array(list(rows), np.uint32), **_stored(net, ends)}
        tables |= {f"{lang}_{name}": array for name, array in stored.items()}
    np.savez_compressed(args.out, allow_pickle=False, **tables)
    print(f"{args.out}: {args.out.stat().st_size:,} bytes")


def _texts(train: Path, lang: Lang) -> list[str]:
    found = []
    for name, most in _SOURCES.items():
        with lzma.open(train / f"{name}.tsv.xz", "rt", encoding="utf-8") as file:
            column = (line.rstrip("\n").split("\t")[_SIDES.index(lang)].strip() for line in file)
            different = [text for text in dict.fromkeys(column) if text]
        random.Random(1).shuffle(different)
        found += different[:most] * (_OFTEN if name in _EVERYDAY else 1)
    return found


def _vocabulary(found: Sequence[Words]) -> list[str]:
    """Return the most frequent words, and of the others the most frequent last letters."""
    counts = Counter(told[0] for text in found for told in map(_NAMES.__getitem__, text.texts))
    most = [name for name, _ in counts.most_common(_WORDS)]
    others = set(counts).difference(most)
    endings: Counter[str] = Counter()
    for name in counts:
        # Those of frequent words are asked for where a word is taken for a rare one.
        endings.update(dict.fromkeys(names(name)[1:], 10 if name in others else 3))
    return [*(name for name, _ in endings.most_common(_ENDINGS)), *most]


def _rarer(name: str, rows: dict[int, int]) -> int:
    """Return the row of the last letters of a word, of an ending its own."""
    if name.startswith("~"):
        return rows[word_hash(name)]
    return next((rows[key] for ending in names(name)[1:] if (key := word_hash(ending)) in rows), unknown(name))


def _stored(net: Net, ends: Ends) -> dict[str, np.ndarray]:
    """Return what was learnt as it ships: vectors in 8 bits, the layer in 16, the rest as it is."""
    vectors, cases = (each.detach().numpy() for each in (net.words[1:], net.cases))
    layer = net.layer.weight.detach().numpy().reshape(-1, WIDTH, vectors.shape[1] + cases.shape[1])
    finest = np.concatenate([np.abs(each).max(axis=0) / 127 for each in (vectors, cases)])
    layer = (layer * finest).transpose(1, 2, 0)
    scale = np.abs(layer).max() / 32767
    return {
        "words": np.rint(vectors / finest[: vectors.shape[1]]).astype(np.int8),
        "cases": np.rint(cases / finest[vectors.shape[1] :]).astype(np.int8),
        "layer": np.rint(layer / scale).astype(np.int16),
        "scale": np.array(scale, np.float64),
        "bias": net.layer.bias.detach().numpy(),
        "weights": net.weights.weight.detach().numpy()[0],
        "rest": np.array([net.weights.bias.item(), net.rest.item()], np.float32),
        "ends": np.clip(np.rint(8 * ends.words.detach().numpy()), -127, 127).astype(np.int8),
        "usual": ends.usual.detach().numpy(),
    }


_NAMES: Final = Memo(names)


if __name__ == "__main__":
    run(main)
