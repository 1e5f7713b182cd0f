"""Dates, segments, sentences and beads: from two articles to their alignment.

`align` is the front door; it is imported when first asked for, because the search needs a compiler at its back.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tithi.aligner.pairing import align as align

__all__ = ["align"]


def __getattr__(name: str) -> Any:
    if name == "align":
        from tithi.aligner.pairing import align

        return align
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
