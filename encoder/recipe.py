"""The settings of a training run, kept as TOML so that anyone with the data makes the model again."""

import tomllib
from dataclasses import asdict, dataclass, field, fields
from importlib.resources import files
from pathlib import Path
from typing import Any

from tithi.errors import UsageError

__all__ = ["Recipe", "read_recipe", "shipped_recipe"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What shapes a model besides its data.

    `weights` maps a source (its file name up to the first dot) to how often each of its pairs is seen in an epoch on
    average; a source that is not named has weight 1. A pair whose Hindi or English stands in n pairs weighs 1 / sqrt(n)
    of that. `dev_percent` of the pairs of `dev_source` (of every source when it is empty), chosen by their hash, are
    kept out of training to measure progress. `margin` is taken off the cosine of the right pair, so that it has to win
    clearly; `joined` weighs the loss of joined pairs; `dropout` is the share of pieces left out at random; from
    half of the epochs on, the share `doubt` of the pairs with the lowest cosine is left out as mistaken. Vectors are
    learnt with `width` components (0: `dim`) and cut to `dim` at the end; `runs` models with seeds from `seed` on
    are merged.
    """

    name: str = "tithi-custom"
    pieces: int = 48_000
    dim: int = 256
    epochs: int = 4
    batch: int = 2048
    rate: float = 3e-3
    temperature: float = 0.05
    margin: float = 0.15
    dropout: float = 0.1
    joined: float = 0.3
    doubt: float = 0.0
    width: int = 0
    runs: int = 1
    dev_source: str = ""
    dev_percent: int = 0
    seed: int = 1
    weights: dict[str, float] = field(default_factory=dict)

    def to_row(self) -> dict[str, Any]:
        """Return the settings as plain data, for the model's header."""
        return asdict(self)


def read_recipe(path: Path) -> Recipe:
    """Read a recipe from a TOML file.

    Raises:
        UsageError: The file is missing or no TOML, names a setting that does not exist or gives it a wrong value.
    """
    try:
        row = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: a recipe must be a TOML file; got {error}; start from the shipped recipe") from error
    known = {each.name: each for each in fields(Recipe)}
    default = Recipe()
    for key, value in row.items():
        if key not in known:
            rule = f"{path}: a recipe has only the settings {', '.join(sorted(known))}"
            raise UsageError(f"{rule}; got {key!r}; correct or drop it")
        want = type(getattr(default, key))
        sound = isinstance(value, want) or (want is float and isinstance(value, int))
        if not sound or isinstance(value, bool) or (isinstance(value, int | float) and value < 0):
            rule = f"{path}: {key} must be a {want.__name__}, not negative"
            raise UsageError(f"{rule}; got {value!r}; correct it")
    return Recipe(**row)


def shipped_recipe() -> Recipe:
    """Return the recipe that made the shipped model."""
    return read_recipe(Path(str(files("tithi.encoder").joinpath("recipe.toml"))))
