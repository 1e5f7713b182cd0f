"""Thresholds in one TOML file: read, checked, shown with what each means.

    [filters]
    ratio = 3.5        # dropped above: how many times as long one side is as the other

A filter that the file does not name does not run.
"""

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

from tithi.errors import DataError, UsageError
from tithi.filters.filters import BY_NAME, FILTERS
from tithi.filters.judge import Thresholds

__all__ = ["PRESETS", "chosen", "named", "preset", "read_config", "shown"]

PRESETS: Final = ("light", "standard", "strict")
_LARGEST: Final = 1 << 20


def preset(name: str) -> Thresholds:
    """Return the thresholds of a preset.

    Raises:
        UsageError: There is none of this name.
    """
    if name not in PRESETS:
        raise UsageError(f"{name}: a preset is one of {', '.join(PRESETS)}; got another; choose one of them")
    return _presets()[name]


def read_config(path: str | Path) -> Thresholds:
    """Return the thresholds of a file, in the order in which filters are asked.

    Raises:
        DataError: The file cannot be read, is no TOML, or names a filter that does not exist or gives no number.
    """
    try:
        raw = Path(path).read_bytes()
        if len(raw) > _LARGEST:
            raise DataError(f"{path}: thresholds take less than 1 MiB; got more; is this the file?")
        read = tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n"))
    except OSError as error:
        names = f"name a preset ({', '.join(PRESETS)}) or check the path"
        raise DataError(f"{path}: cannot be read; got {error.strerror}; {names}") from None
    except (ValueError, RecursionError) as error:  # TOML and UTF-8
        reason = " ".join(str(error).split())[:120]
        raise DataError(f"{path}: must be TOML; got {reason}; see tithi filters --show") from None
    if others := sorted(set(read) - {"filters"}):
        raise DataError(f"{path}: thresholds stand under [filters]; got [{others[0]}] too; see tithi filters --show")
    return _checked(read.get("filters"), str(path))


def chosen(name_or_path: str | Path) -> Thresholds:
    """Return the thresholds of a preset by its name, or else of a file."""
    return preset(str(name_or_path)) if str(name_or_path) in PRESETS else read_config(name_or_path)


def named(thresholds: Thresholds) -> str:
    """Return the name of the preset that has these thresholds, `own thresholds` where none has."""
    return next((name for name in PRESETS if preset(name) == thresholds), "own thresholds")


def shown(thresholds: Thresholds, title: str) -> str:
    """Return thresholds as TOML to edit: every filter with what its score is, those that do not run commented out."""
    lines = [
        f"# {title}",
        "# A pair is dropped by the first filter whose score lies beyond its threshold.",
        "",
        "[filters]",
    ]
    for found in FILTERS:
        runs = found.name in thresholds
        setting = f"{found.name} = {thresholds[found.name]:g}" if runs else f"# {found.name} ="
        lines.append(f"{setting:28} # dropped {found.drops}: {found.about}")
    return "\n".join(lines) + "\n"


def _checked(table: object, where: str) -> Thresholds:
    if not isinstance(table, dict) or not table:
        raise DataError(f"{where}: thresholds stand under [filters]; got none; see tithi filters --show")
    for name, value in table.items():
        if name not in BY_NAME:
            raise DataError(f"{where}: {name[:60]!r} must be a filter; got another name; see tithi filters --show")
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise DataError(f"{where}: {name} must be a number; got {str(value)[:60]!r}; give its threshold")
    return {found.name: table[found.name] for found in FILTERS if found.name in table}


@cache
def _presets() -> Mapping[str, Thresholds]:
    text = resources.files("tithi.filters").joinpath("presets.toml").read_text(encoding="utf-8")
    tables: dict[str, Any] = tomllib.loads(text)
    return {name: _checked(table, f"preset {name}") for name, table in tables.items()}
