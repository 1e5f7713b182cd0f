"""Charts as SVG, for a page, a card or a notebook: one function, `bars`.

The drawing is plain: bars from the left, a label before and the figure behind each, one or two series. It reads on
light and on dark ground, and a page may style its classes `label`, `figure`, `first` and `second`.
"""

from collections.abc import Mapping, Sequence
from typing import Final
from xml.etree import ElementTree as ET

__all__ = ["bars"]

_COLOURS: Final = ("#0072b2", "#e69f00")
"""Blue and orange: told apart by people who see red and green alike."""
_INK: Final = "#767676"
_LABEL, _WIDTH, _FIGURE = 118, 260, 62
_BAR, _GAP = 13, 5


def bars(title: str, labels: Sequence[str], series: Mapping[str, Sequence[int]]) -> str:
    """Return an SVG of horizontal bars, as text to be set into a page or written to a file.

    Args:
        title: What it shows, for those who hear it.
        labels: One for each bar.
        series: One or two lists of counts by name, each as long as `labels`.

    Example: `bars("Bead types", ["1-1", "2-1"], {"pairs": [180, 12]})`.
    """
    per = _BAR * len(series) + _GAP
    width, height = _LABEL + _WIDTH + _FIGURE, max(per * len(labels), 1)
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width} {height}",
            "class": "bars",
            "role": "img",
            "font-family": "system-ui, sans-serif",
            "font-size": "11",
        },
    )
    told = "; ".join(
        f"{label}: {', '.join(f'{values[k]:,}' for values in series.values())}" for k, label in enumerate(labels)
    )
    root.set("aria-label", f"{title}. {told}")
    most = max((value for values in series.values() for value in values), default=0) or 1
    for k, label in enumerate(labels):
        top = k * per
        middle = top + _BAR * len(series) / 2 + 4
        _text(root, (_LABEL - 8, middle), _short(label), "label")
        for which, values in enumerate(series.values()):
            y, length = top + which * _BAR, values[k] / most * _WIDTH
            bar = {"x": str(_LABEL), "y": f"{y + 1:g}", "height": f"{_BAR - 2:g}", "rx": "1.5"}
            bar |= {"width": f"{max(length, 1.0 if values[k] else 0.0):.1f}", "fill": _COLOURS[which]}
            ET.SubElement(root, "rect", bar | {"class": ("first", "second")[which]})
            _text(root, (_LABEL + length + 6, y + _BAR - 3), f"{values[k]:,}", "figure")
    return ET.tostring(root, encoding="unicode")


def _text(root: ET.Element, at: tuple[float, float], words: str, kind: str) -> None:
    place = {"x": f"{at[0]:.1f}", "y": f"{at[1]:g}", "class": kind, "fill": _INK}
    ET.SubElement(root, "text", place | {"text-anchor": "end" if kind == "label" else "start"}).text = words


def _short(label: str) -> str:
    return label if len(label) <= 19 else f"{label[:18]}…"
