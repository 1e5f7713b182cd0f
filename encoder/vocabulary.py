"""One vocabulary of pieces for both languages, learnt by SentencePiece from weighted word counts."""

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tithi.encoder.normalise import write_rules
from tithi.encoder.pairs import Pairs
from tithi.errors import DataError

__all__ = ["learn_pieces", "read_words", "word_counts"]

_LONGEST_WORD = 60


def read_words(paths: Sequence[Path]) -> list[dict[str, float]]:
    """Read lists of `word<TAB>share` lines, a share being a word's part of running text.

    Raises:
        DataError: A file cannot be read or a line has no number.
    """
    lists = []
    for path in paths:
        try:
            rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
            lists.append({row[0]: float(row[1]) for row in rows})
        except (OSError, UnicodeDecodeError, ValueError, IndexError) as error:
            rule = f"{path}: a word list must hold word<TAB>share lines"
            raise DataError(f"{rule}; got {error}; correct the file") from error
    return lists


def word_counts(pairs: Pairs, shares: Iterable[dict[str, float]] = ()) -> dict[str, float]:
    """Return the weighted counts of blank-separated words of both sides.

    Every list of `shares` counts as much as one side of the pairs does, so that words that are common in running text
    and rare in the pairs get pieces of their own.
    """
    counts: dict[str, float] = defaultdict(float)
    for hi, en, weight in zip(pairs.hi, pairs.en, pairs.weights.tolist(), strict=True):
        for word in (*hi.split(), *en.split()):
            counts[word] += weight
    half = sum(counts.values()) / 2
    for words in shares:
        for word, share in words.items():
            counts[word] += half * share
    return counts


def learn_pieces(counts: Mapping[str, float], pieces: int) -> bytes:
    """Return a SentencePiece unigram model of at most `pieces` pieces, with the scoring normaliser compiled in.

    Bytes stand in for characters it does not know. Deterministic: the trainer runs in one thread.
    """
    import sentencepiece

    sentencepiece.SetMinLogLevel(2)
    model = io.BytesIO()
    with TemporaryDirectory() as folder:
        rules, words = Path(folder, "rules.tsv"), Path(folder, "words.tsv")
        write_rules(rules)
        rows = ((word, round(count)) for word, count in counts.items() if 0 < len(word) < _LONGEST_WORD)
        lines = [f"{word}\t{count}\n" for word, count in sorted(rows) if count >= 1]
        words.write_text("".join(lines), encoding="utf-8")
        sentencepiece.SentencePieceTrainer.train(
            input=str(words),
            input_format="tsv",
            model_writer=model,
            vocab_size=pieces,
            hard_vocab_limit=False,
            model_type="unigram",
            character_coverage=0.9998,
            max_sentencepiece_length=20,
            normalization_rule_tsv=str(rules),
            byte_fallback=True,
            bos_id=-1,
            eos_id=-1,
            pad_id=-1,
            num_threads=1,
            minloglevel=2,
        )
    # The trainer notes its input paths in the model; a blank of the same length keeps equal runs equal, byte for byte.
    return model.getvalue().replace(folder.encode(), b"_" * len(folder.encode()))
