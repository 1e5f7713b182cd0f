"""Hindi-English parallel corpora from article pairs: date-anchored alignment, fidelity checks, datasets.

    >>> import tithi
    >>> [bead.kind for bead in tithi.align("वर्षा हुई। हवा चली।", "It rained and the wind blew.").beads]
    ['2-1']

A name is imported from its room when it is first asked for, so that importing tithi costs next to nothing.
"""

from os.path import dirname, isdir, join
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tithi.aligner.alignment import align as align
    from tithi.aligner.alignment import explain as explain
    from tithi.aligner.sentences import sentences as split_sentences
    from tithi.checks.checker import check_pair as check_pair
    from tithi.checks.checker import check_pairs as check_pairs
    from tithi.checks.lacking import lacking as lacking
    from tithi.dates.find import find_dates as find_dates
    from tithi.encoder.choose import load as load_encoder
    from tithi.errors import DataError as DataError
    from tithi.errors import MissingExtraError as MissingExtraError
    from tithi.errors import TithiError as TithiError
    from tithi.errors import UsageError as UsageError
    from tithi.numerals.find import find_numbers as find_numbers
    from tithi.pipeline.build import build as build
    from tithi.records import Alignment as Alignment
    from tithi.records import Article as Article
    from tithi.records import Bead as Bead
    from tithi.records import Issue as Issue
    from tithi.records import Quality as Quality
    from tithi.records import Sentence as Sentence
    from tithi.records import Source as Source
    from tithi.report.static import chart as chart
    from tithi.report.static import draw as draw
    from tithi.sources.article import read_article as read_article

    __version__: str

__all__ = [
    "Alignment",
    "Article",
    "Bead",
    "DataError",
    "Issue",
    "MissingExtraError",
    "Quality",
    "Sentence",
    "Source",
    "TithiError",
    "UsageError",
    "__version__",
    "align",
    "build",
    "chart",
    "check_pair",
    "check_pairs",
    "draw",
    "explain",
    "find_dates",
    "find_numbers",
    "lacking",
    "load_encoder",
    "read_article",
    "split_sentences",
]

_PLACES: Final = {
    **dict.fromkeys(("Alignment", "Article", "Bead", "Issue", "Quality", "Sentence", "Source"), "records"),
    **dict.fromkeys(("DataError", "MissingExtraError", "TithiError", "UsageError"), "errors"),
    "align": "aligner.alignment",
    "build": "pipeline.build",
    "chart": "report.static",
    "check_pair": "checks.checker",
    "check_pairs": "checks.checker",
    "draw": "report.static",
    "explain": "aligner.alignment",
    "find_dates": "dates.find",
    "find_numbers": "numerals.find",
    "lacking": "checks.lacking",
    "load_encoder": "encoder.choose",
    "read_article": "sources.article",
    "split_sentences": "aligner.sentences",
}
#: What goes by a shorter name in its room.
_AT_HOME: Final = {"load_encoder": "load", "split_sentences": "sentences"}

# An installed tithi has its rooms in this folder. In a checkout they stand beside it, and whoever starts Python there
# gets this folder, however tithi was installed: all of it comes from the checkout then. (`pathlib` costs an import.)
if not isdir(join(__path__[0], "corpus")):  # noqa: PTH112, PTH118
    __path__.append(dirname(__path__[0]))  # noqa: PTH120


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        value: Any = version("tithi")
    elif name in _PLACES:
        from importlib import import_module

        value = getattr(import_module(f"tithi.{_PLACES[name]}"), _AT_HOME.get(name, name))
    else:
        raise AttributeError(f"module 'tithi' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
