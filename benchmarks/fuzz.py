"""Damaged input to every reader and parser: `python -m benchmarks.fuzz [READER ...] [--inputs 10000] [--seed 1]`.

Valid inputs are damaged at random (bytes flipped, cut, doubled, spliced, tokens put in that break things elsewhere) and
given to each reader. What it refuses by an error of tithi's own is right, and what it reads is; anything else is a
crash, printed with the input that made it, and the exit code is 1.

    reader   inputs   refused   read   crashed   slowest, in ms
"""

import argparse
import random
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fuzz_readers import readers
from tithi.errors import TithiError
from training.needed import run

__all__ = ["Told", "fuzz"]

_TOKENS = (
    b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\r\n", b"\n", b"\t", b"{", b"}", b"[", b"]", b'"', b"\\u0000",
    b"null", b"300000000", b"1e999", b"-1", b"1" * 40, b"NaN", b"<", b">", b"&amp;", b"&x;", b"</",
    b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"<ph/>", b"/", b"45/3/12", "२०१९".encode(), "।".encode(),
    "\u200d".encode(), "\u093c".encode(), "\u202e".encode(),
    "²²".encode(), b"\xed\xa0\x80", b"\xe0\xa4", "लाख".encode(), b"...", b"'" * 3, b"(" * 50,
)  # fmt: skip


@dataclass(slots=True)
class Told:
    """What became of the inputs of one reader; `slowest` is in seconds, `crash` the first one's input and error."""

    inputs: int = 0
    refused: int = 0
    crashed: int = 0
    slowest: float = 0.0
    crash: str | None = None


def _damaged(rng: random.Random, seeds: tuple[bytes, ...]) -> bytes:
    data = bytearray(rng.choice(seeds))
    for _ in range(rng.choice((0, 1, 1, 2, 3, 8))):
        at = rng.randrange(len(data) + 1)
        length = rng.choice((1, 1, 2, 5, 40))
        match rng.randrange(6):
            case 0 if at < len(data):
                data[at] ^= 1 << rng.randrange(8)
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = data[at : at + length]
            case 3:
                other = rng.choice(seeds)
                begin = rng.randrange(len(other) + 1)
                data[at:at] = other[begin : begin + 5 * length]
            case 4 if rng.random() < 0.2:
                del data[at:]
            case _:
                data[at:at] = rng.choice(_TOKENS)
    return bytes(data)


def fuzz(name: str, inputs: int, seed: int = 1) -> Told:
    """Give `inputs` damaged inputs to one of `readers`."""
    reader, rng, told = readers()[name], random.Random(f"{name} {seed}"), Told()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / reader.name
        path.parent.mkdir(parents=True, exist_ok=True)
        for _ in range(inputs):
            data = _damaged(rng, reader.seeds)
            path.write_bytes(data)
            began = time.perf_counter()
            try:
                told.inputs += 1
                reader.read(path)
            except TithiError:
                told.refused += 1
            except Exception as error:
                told.crashed += 1
                told.crash = told.crash or f"{type(error).__name__}: {error}; input {data[:2000]!r}"
            told.slowest = max(told.slowest, time.perf_counter() - began)
    return told


def main(arguments: list[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readers", nargs="*", metavar="READER", help="only these")
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args(arguments)
    unknown = set(args.readers) - set(readers())
    if unknown:
        parser.error(f"no such reader: {', '.join(sorted(unknown))}; choose from {', '.join(readers())}")
    crashed = 0
    print(f"{'reader':16} {'inputs':>7} {'refused':>8} {'read':>7} {'crashed':>8} {'slowest':>8}")
    for name in args.readers or readers():
        told = fuzz(name, args.inputs, args.seed)
        read = told.inputs - told.refused - told.crashed
        slowest = f"{1000 * told.slowest:5.0f} ms"
        print(f"{name:16} {told.inputs:7} {told.refused:8} {read:7} {told.crashed:8} {slowest:>8}", flush=True)
        if told.crash:
            print(f"  {told.crash}")
        crashed += told.crashed
    return 1 if crashed else 0


if __name__ == "__main__":
    run(main)
