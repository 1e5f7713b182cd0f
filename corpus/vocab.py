"""A subword vocabulary learnt from a dataset's training sentences, for machine translation and spBLEU.

    train_vocab("out", "spm.model", size=16000)
    SentencePieceProcessor(model_file="spm.model").encode("तालाब गहरा हुआ।", out_type=str)

The model is SentencePiece's: unigram pieces. It normalises what it encodes by itself: NFC (a nukta may be composed or
not), and any run of blanks is one. Only the split `train` is read: validation and test stay unseen.
"""

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tithi.corpus.stored import stored_rows
from tithi.corpus.whole import whole_files
from tithi.errors import DataError, TithiError, UsageError
from tithi.records import Lang

__all__ = ["Vocab", "train_vocab"]

_SIDES: Final[tuple[Lang, Lang]] = ("hi", "en")
_SMALLEST: Final = 8
_TOO_LARGE: Final = re.compile(r"Vocabulary size too high.*<= (\d+)")
_TOO_SMALL: Final = re.compile(r"Vocabulary size is smaller than required_chars. (\d+) vs (\d+)")
_MAX_SENTENCES: Final = 5_000_000
_THREADS: Final = 2
"""Fixed: the sums of the training depend on it."""


@dataclass(frozen=True, slots=True)
class Vocab:
    """A model that was written: its file, its pieces, the texts it was learnt from."""

    path: Path
    size: int
    sentences: int


def train_vocab(
    out: str | Path, model: str | Path, *, size: int, joint: bool = True, seed: int = 0
) -> tuple[Vocab, ...]:
    """Learn a vocabulary and write it as a SentencePiece model.

    Args:
        out: The dataset folder.
        model: The file to write. Without `joint` there are two, with `.hi` and `.en` before its ending:
            `spm.model` becomes `spm.hi.model` and `spm.en.model`.
        size: The number of pieces, with `<unk>`, `<s>`, `</s>` and every character that is kept.
        joint: One vocabulary of both sides; otherwise one a side, each of `size`.
        seed: Chooses the texts when there are more than five million; otherwise it changes nothing.

    Returns:
        What was written. The same dataset, size and seed give the same bytes.

    Raises:
        UsageError: `size` is below 8, or `model` is a folder or in none.
        DataError: `out` is no dataset built by tithi or has changed since; its texts are too few for `size`, or `size`
            too small for their characters (both say what would do); or the file cannot be written. Nothing is left
            half-written.
    """
    if size < _SMALLEST:
        raise UsageError(f"{size}: the vocabulary's size must be at least {_SMALLEST}; give a larger one")
    target = Path(model)
    if target.is_dir():
        raise UsageError(f"{model}: the model must be a file; got a folder; give a name in it")
    if not target.parent.is_dir():
        raise UsageError(f"{model}: the folder must be there; got none at {target.parent}; make it first")
    wanted: list[tuple[tuple[Lang, ...], Path]] = [(_SIDES, target)]
    if not joint:
        wanted = [((side,), target.with_name(f"{target.stem}.{side}{target.suffix}")) for side in _SIDES]
    learnt = [(path, *_learn(out, sides, size, seed)) for sides, path in wanted]
    _write([(path, content) for path, content, _ in learnt])
    return tuple(Vocab(path, size, sentences) for path, _, sentences in learnt)


def _learn(out: str | Path, sides: tuple[Lang, ...], size: int, seed: int) -> tuple[bytes, int]:
    """Return a model and the number of texts it was learnt from."""
    import sentencepiece

    texts = _Texts(out, sides)
    learnt = io.BytesIO()
    sentencepiece.set_random_generator_seed(seed)
    with TemporaryDirectory() as folder:
        rules = Path(folder, "nfc.tsv")
        rules.write_text("".join(_rules()), encoding="ascii", newline="\n")
        try:
            sentencepiece.SentencePieceTrainer.train(
                sentence_iterator=iter(texts),
                model_writer=learnt,
                model_type="unigram",
                vocab_size=size,
                character_coverage=0.9999,
                normalization_rule_tsv=str(rules),
                max_sentence_length=1 << 16,
                input_sentence_size=_MAX_SENTENCES,
                shuffle_input_sentence=True,
                num_threads=_THREADS,
                minloglevel=2,
            )
        except RuntimeError as error:
            raise texts.error or _explained(error, out, sides, size) from None
    # The model notes where its rules were; a blank of the same length keeps equal runs equal, byte for byte.
    return learnt.getvalue().replace(folder.encode(), b"_" * len(folder.encode())), texts.count


def _rules() -> Iterator[str]:
    """Yield NFC as SentencePiece's rules, `from TAB to` in hexadecimal, and every blank as a space.

    A composed क़ becomes क and its nukta, e and an acute accent become é. Hangul and the reordering of several marks
    are left out: they would be millions of rules.
    """
    for code in range(0x80, 0x110000):
        char = chr(code)
        if char.isspace():
            yield f"{code:X}\t20\n"
        elif 0xAC00 <= code <= 0xD7A3 or not (parts := unicodedata.decomposition(char)) or parts.startswith("<"):
            continue
        else:
            composed = _hexadecimal(unicodedata.normalize("NFC", char))
            forms = {_hexadecimal(char), parts, _hexadecimal(unicodedata.normalize("NFD", char))} - {composed}
            yield from (f"{form}\t{composed}\n" for form in sorted(forms))
    yield from (f"{code:X}\t20\n" for code in (*range(0x09, 0x0E), *range(0x1C, 0x20)))


def _hexadecimal(text: str) -> str:
    return " ".join(f"{ord(char):04X}" for char in text)


class _Texts:
    """The texts of some sides of the training split, counted as they pass.

    The trainer turns what goes wrong while it reads into words of its own; `error` keeps the original.
    """

    def __init__(self, out: str | Path, sides: tuple[Lang, ...]) -> None:
        self._rows = stored_rows(out, split="train", columns=("translation",))
        self._sides = sides
        self.count = 0
        self.error: TithiError | None = None

    def __iter__(self) -> Iterator[str]:
        try:
            for row in self._rows:
                for side in self._sides:
                    self.count += 1
                    yield " ".join(unicodedata.normalize("NFC", row["translation"][side]).replace("\0", " ").split())
        except TithiError as error:
            self.error = error
            raise


def _explained(error: RuntimeError, out: str | Path, sides: tuple[Lang, ...], size: int) -> DataError:
    """Return what SentencePiece says of a size that does not fit, in our words."""
    told, what = " ".join(str(error).split()), "+".join(sides)
    if match := _TOO_LARGE.search(told):
        return DataError(f"{out}: has text for at most {match[1]} pieces ({what}); got a size of {size}; give less")
    if match := _TOO_SMALL.search(told):
        return DataError(
            f"{out}: its characters alone need {match[2]} pieces ({what}); got a size of {size}; give more"
        )
    return DataError(f"{out}: no vocabulary can be learnt ({what}); got {told[-200:]}; give more text")


def _write(contents: list[tuple[Path, bytes]]) -> None:
    with whole_files([path for path, _ in contents]) as parts:
        for part, (_, content) in zip(parts, contents, strict=True):
            part.write_bytes(content)
