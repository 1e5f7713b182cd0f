"""COMET from an environment of its own: it pins an old numpy and huggingface-hub, and cannot live with `datasets` 5.

`--comet PYTHON` names the interpreter of that environment; `comet_worker.py` is run by it as a subprocess. Make it by

    python -m venv comet && comet/bin/python -m pip install unbabel-comet

Source: Rei et al. 2022, wmt22-comet-da, WMT 2022.
"""

import json
import math
import subprocess
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import Any

from tithi.errors import DataError

__all__ = ["MODEL", "Comet", "CometScores", "comet_scores"]

MODEL = "Unbabel/wmt22-comet-da"
"""The model that is asked when none is named."""

_NO_COMET = 3
_HOW = "make one with: python -m venv comet && comet/bin/python -m pip install unbabel-comet"


@dataclass(frozen=True, slots=True)
class Comet:
    """The interpreter of an environment that has unbabel-comet, and the model: a name on the Hub or a checkpoint."""

    python: str
    model: str = MODEL
    gpus: int = 0


@dataclass(frozen=True, slots=True)
class CometScores:
    """The mean over the lines, about 0 to 1 for the usual models; the lines; and what made them."""

    score: float
    lines: tuple[float, ...]
    signature: str


def comet_scores(
    comet: Comet,
    source: Sequence[str],
    system: Sequence[str],
    reference: Sequence[str],
    *,
    timeout: float = 6 * 3600.0,
) -> CometScores:
    """Score translations by a COMET model, texts NFC.

    Raises:
        DataError: the interpreter cannot be run or has no COMET, the model cannot be had or fails, `timeout` seconds
            are over, or what comes back is not one score for each line.
    """
    rows: list[dict[str, Any]] = [{"model": comet.model, "gpus": comet.gpus}]
    for src, mt, ref in zip(source, system, reference, strict=True):
        rows.append({"src": _nfc(src), "mt": _nfc(mt), "ref": _nfc(ref)})
    given = "".join(json.dumps(row) + "\n" for row in rows).encode()
    with as_file(files("tithi.eval").joinpath("comet_worker.py")) as worker:
        try:
            done = subprocess.run(
                [comet.python, str(worker)], input=given, capture_output=True, timeout=timeout, check=False
            )
        except OSError as error:
            raise DataError(f"--comet: cannot start {comet.python}; got {error.strerror}; {_HOW}") from error
        except subprocess.TimeoutExpired as error:
            raise DataError(f"--comet: must end within {timeout:g} s; it did not; score fewer lines") from error
    if done.returncode == _NO_COMET:
        raise DataError(f"--comet: {comet.python} must have unbabel-comet; got {_last_line(done.stderr)}; {_HOW}")
    if done.returncode:
        raise DataError(
            f"--comet: {comet.model} must score the lines; got exit code {done.returncode} and "
            f"{_last_line(done.stderr)}; try that environment by hand"
        )
    release, lines = _read(done.stdout, len(rows) - 1)
    mean = sum(lines) / len(lines)
    return CometScores(mean, lines, f"model:{comet.model}|version:{release}|norm:nfc")


def _read(output: bytes, count: int) -> tuple[str, tuple[float, ...]]:
    """Return the version and the scores that the worker told."""
    try:
        head, *rows = (json.loads(line) for line in output.splitlines())
        release, lines = str(head["comet"]), tuple(float(row["score"]) for row in rows)
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"--comet: must answer in JSON lines with scores; got {output[:80]!r}; try that environment by hand"
        ) from error
    if len(lines) != count or not all(map(math.isfinite, lines)):
        raise DataError(
            f"--comet: must answer one finite score for each of {count} lines; got {len(lines)}; "
            "try that environment by hand"
        )
    return release, lines


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _last_line(stderr: bytes) -> str:
    """Return the last line that a program complained with, at most 300 characters of it."""
    lines = stderr.decode("utf-8", "replace").split("\n")
    told = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return repr(told[-300:]) if told else "nothing on stderr"
