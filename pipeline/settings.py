"""What a build is asked for, and what is known of its pairs beside their texts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from tithi.errors import UsageError
from tithi.filters.judge import Thresholds
from tithi.pipeline.recipe import code_digest, digest, file_content
from tithi.pipeline.reviewed import Decided

__all__ = ["About", "Progress", "Settings", "settings_or_default"]

Progress: TypeAlias = Callable[[Iterable[Any]], Iterable[Any]]
"""Wraps the stream of results, for a progress bar."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides the content of a dataset, and how the work is done.

    `encoder` is a name or path, None the shipped one; rows of less than `min_score` or `min_quality` are left out, and
    so are those with a sentence of a file of `exclude` (see `sources.excluded.read_excluded`) and those that `filter`
    drops, a preset or a file of thresholds (see `filters.config`). With `keep_lines` each line
    break of an article ends a sentence; else the lines of hard-wrapped text are joined; with `monotone` no passage is
    looked for that one side tells elsewhere.
    `jobs` processes do the work, or with the engine `ray` the cluster at `ray_address` (None: one that is started on
    this machine); they take `shard` article pairs at a time. `force` replaces an output that tithi did not make,
    `strict` raises the first error of a pair instead of listing it; `without_missing` goes on where a folder that held
    articles is gone or empty, as a share is that is not mounted. `progress` wraps the stream of results.
    """

    encoder: str | None = None
    min_score: float = 0.0
    min_quality: float = 0.0
    exclude: tuple[str, ...] = ()
    filter: str | None = None
    keep_lines: bool = False
    jobs: int = 1
    engine: Literal["local", "ray"] = "local"
    ray_address: str | None = None
    shard: int = 32
    force: bool = False
    strict: bool = False
    without_missing: bool = False
    monotone: bool = False
    progress: Progress = iter

    def basis(self, *more: object) -> bytes:
        """Return a digest of what decides a part beside its articles; `more` is what JSON can hold."""
        model = [self.encoder] if self.encoder is not None and Path(self.encoder).is_file() else []
        files = [content.hex() for content in file_content([*model, *self.exclude])]
        cut = self.keep_lines, self.monotone
        return digest(code_digest(), self.encoder, self.min_score, self.min_quality, *cut, files, *more)


@dataclass(frozen=True, slots=True)
class About:
    """What is known of the pairs of a dataset.

    `settings` made them, for the card; `given`: they came aligned, as a bitext; `decisions` of people were obeyed;
    `thresholds` say which filters run (None: those of the settings), `recurring` what recurs across articles, see
    `tithi.filters.recurring.boilerplate`.
    """

    settings: Mapping[str, object]
    given: bool = False
    decisions: Decided | None = None
    thresholds: Thresholds | None = None
    recurring: Mapping[int, int] | None = None

    def told(self) -> dict[str, object]:
        """Return the settings for the card, with how many decisions there are."""
        return {**self.settings, **({} if self.decisions is None else {"decisions": self.decisions.count})}


def settings_or_default(given: object) -> Settings:
    """Return the settings, the default ones for None.

    Raises:
        UsageError: They are something else.
    """
    if given is None:
        return Settings()
    if isinstance(given, Settings):
        return given
    raise UsageError(
        f"build: settings must be Settings; got {type(given).__name__} {str(given)[:40]!r}; give"
        " tithi.pipeline.build.Settings(...), or nothing"
    )
