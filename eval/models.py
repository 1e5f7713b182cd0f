"""Translating by a Hugging Face model (extra `mt`): any encoder-decoder that `transformers` knows, by name or folder.

Models of one direction (Marian) need no more than their name. Models of many languages are told the two by their own
codes: NLLB (`hin_Deva`), mBART-50 (`hi_IN`), M2M-100 (`hi`), Marian with target tokens (`>>hin<<`). Models that need
code of their own or a prompt are not run; use `--command` for them.
"""

import contextlib
import io
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any, Final

from tithi.errors import DataError, MissingExtraError
from tithi.records import Lang

__all__ = ["translate_by_model"]

_CODES: Final[dict[Lang, tuple[str, ...]]] = {
    "hi": ("hin_Deva", "hi_IN", "__hi__"),
    "en": ("eng_Latn", "en_XX", "__en__"),
}
_MARIAN: Final[dict[Lang, tuple[str, ...]]] = {"hi": (">>hin<<", ">>hin_Deva<<", ">>hi<<"), "en": (">>eng<<", ">>en<<")}
_TOGETHER: Final = 16
_LONGEST: Final = 512
_LONGEST_OUTPUT: Final = 256


def translate_by_model(name: str, lines: Sequence[str], target: Lang, *, beams: int = 4) -> list[str]:
    """Translate lines by beam search on the CPU, like lengths together; a blank line stays blank.

    A source of more than 512 pieces is cut there, a translation ends after 256. A terminal shows a progress bar.

    Args:
        name: A folder that holds the model, or a name on the Hub, which is fetched the first time.
        lines: The sources.
        target: The language to write.
        beams: Hypotheses kept by the search.

    Raises:
        MissingExtraError: transformers or torch is not installed.
        DataError: there is no such model, or it is no encoder-decoder with a tokeniser.
    """
    tokenizer, model = _load(name)
    source: Lang = "en" if target == "hi" else "hi"
    prefix, options = _languages(tokenizer, source, target)
    found = [""] * len(lines)
    order = sorted((i for i, line in enumerate(lines) if line.strip()), key=lambda i: len(lines[i]))
    longest = min(_LONGEST, int(getattr(model.config, "max_position_embeddings", None) or _LONGEST))
    for part in _batches(order, name):
        texts = [prefix + " ".join(lines[i].replace("\0", " ").split()) for i in part]
        inputs = tokenizer(texts, return_tensors="pt", padding=True, truncation=True, max_length=longest)
        best = model.generate(
            input_ids=inputs["input_ids"],
            attention_mask=inputs["attention_mask"],
            num_beams=beams,
            do_sample=False,
            max_new_tokens=min(_LONGEST_OUTPUT, longest - 1),
            max_length=None,
            **options,
        )
        for i, text in zip(part, tokenizer.batch_decode(best, skip_special_tokens=True), strict=True):
            found[i] = " ".join(text.split())
    return found


def _load(name: str) -> tuple[Any, Any]:
    """Return a tokeniser and a model ready for use."""
    try:
        import_module("torch")
        transformers = import_module("transformers")
    except ModuleNotFoundError as error:
        raise MissingExtraError(f"--hf {name}", "mt") from error
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            tokenizer = transformers.AutoTokenizer.from_pretrained(name)
            model = transformers.AutoModelForSeq2SeqLM.from_pretrained(name)
    except ImportError as error:  # a tokeniser's own dependency
        raise DataError(f"--hf {name}: {_first_line(error)}; {MissingExtraError.remedy('mt')}") from error
    except (
        Exception
    ) as error:  # the libraries raise whatever their parts do: OSError, ValueError, RuntimeError, KeyError
        raise DataError(
            f"--hf {name}: must be an encoder-decoder with its tokeniser, a folder or a name on the Hub; "
            f"got {_first_line(error)}; check the name"
        ) from error
    return tokenizer, model.eval()


def _languages(tokenizer: Any, source: Lang, target: Lang) -> tuple[str, dict[str, int]]:
    """Tell a tokeniser of many languages the source; return what a source begins with and options to generate."""
    vocabulary = tokenizer.get_vocab()
    for code, other in zip(_CODES[source], _CODES[target], strict=True):
        if hasattr(tokenizer, "src_lang") and code in vocabulary and other in vocabulary:
            tokenizer.src_lang = code.strip("_")
            return "", {"forced_bos_token_id": int(tokenizer.convert_tokens_to_ids(other))}
    prefix = next((f"{token} " for token in _MARIAN[target] if token in vocabulary), "")
    return prefix, {}


def _batches(order: Sequence[int], name: str) -> Iterator[Sequence[int]]:
    from tqdm import tqdm

    starts = range(0, len(order), _TOGETHER)
    for first in tqdm(starts, desc=name, unit=" batches", delay=2, disable=None, leave=False):
        yield order[first : first + _TOGETHER]


def _first_line(error: Exception) -> str:
    told = str(error).strip().splitlines()
    return told[0][:300] if told else type(error).__name__
