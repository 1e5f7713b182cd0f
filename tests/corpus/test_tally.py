"""Charts of a dataset: what they count, and the files they become."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.builders import lake, plain
from tithi.corpus.folder import changes, read_marker
from tithi.corpus.tally import by_time
from tithi.corpus.write import DatasetWriter
from tithi.records import Source

EVIL = '<script>alert(1)</script> | "x" \x00\x07\ufffe\n क्\u200dष'
"""A publisher's name that is no name."""


def built(out: Path, *sources: Source) -> str:
    with DatasetWriter(out) as writer:
        for number, source in enumerate(sources):
            writer.add(lake(f"a{number}", source=source))
        writer.close()
    return (out / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("dates", "unit", "counts"),
    [
        ({}, "month", {}),
        ({"2019-05": 2, "2019": 1}, "month", {"2019": 1, "2019-05": 2}),
        ({"2019-05": 1, "-0044": 3, "XXXX-05": 4}, "month", {"2019-05": 1}),
        ({"199X": 1, "18XX": 2}, "month", {"18XX": 2, "199X": 1}),
        (
            {f"{year}-{month:02}": 1 for year in range(2001, 2006) for month in range(1, 13)},
            "year",
            {str(year): 12 for year in range(2001, 2006)},
        ),
        (
            {**{str(year): 1 for year in range(1950, 2010)}, "199X": 5},
            "decade",
            {"1950s": 10, "1960s": 10, "1970s": 10, "1980s": 10, "1990s": 15, "2000s": 10},
        ),
        ({str(year): 1 for year in range(1000, 2000)}, "century", {f"{year}00s": 100 for year in range(10, 20)}),
    ],
)
def test_by_time(dates: dict[str, int], unit: str, counts: dict[str, int]) -> None:
    assert by_time(dates) == (unit, counts)


def test_each_chart_is_a_file_and_a_table(tmp_path: Path) -> None:
    one, other = Source("x", publisher="अख़बार"), Source("x", url="https://news.example.org/1")
    card = built(tmp_path / "out", one, one, other)
    told = card.split("## Charts")[1].split("\n## ")[0]
    assert "![Pairs by month](charts/time.svg)\n\n| month | pairs |\n| --- | --- |\n| 2019-05 | 3 |" in told
    assert "| अख़बार | 4 |\n| news.example.org | 2 |" in told
    for name in ("time", "sources"):
        drawn = (tmp_path / "out" / "charts" / f"{name}.svg").read_bytes()
        assert ET.fromstring(drawn).tag == "{http://www.w3.org/2000/svg}svg"
        assert f"charts/{name}.svg" in read_marker(tmp_path / "out").files
    assert changes(tmp_path / "out") == []
    assert not list((tmp_path / "out" / "data").rglob("*.svg"))


def test_the_same_rows_give_the_same_charts(tmp_path: Path) -> None:
    sources = [Source("x", publisher=name) for name in ("b", "a", "c", "a")]
    for name in ("one", "two"):
        built(tmp_path / name, *sources)
    for file in ("time", "sources"):
        one, two = ((tmp_path / name / "charts" / f"{file}.svg").read_bytes() for name in ("one", "two"))
        assert one == two


def test_an_odd_source_is_no_markup(tmp_path: Path) -> None:
    card = built(tmp_path / "out", Source("x", publisher=EVIL))
    root = ET.fromstring((tmp_path / "out" / "charts" / "sources.svg").read_bytes())
    assert "script" not in {element.tag.rpartition("}")[2] for element in root.iter()}
    assert "क्\u200dष" in root.attrib["aria-label"]
    assert "<script" not in card


def test_undated_pairs_have_no_chart_of_time(tmp_path: Path) -> None:
    with DatasetWriter(tmp_path / "out") as writer:
        writer.add(plain("a", "पानी आया।", "Water came."))
        writer.close()
    assert [path.name for path in (tmp_path / "out" / "charts").iterdir()] == ["sources.svg"]


def test_many_sources_are_the_largest_and_the_others(tmp_path: Path) -> None:
    card = built(tmp_path / "out", *(Source("x", publisher=f"p{number:02}") for number in range(25)))
    told = card.split("## Charts")[1].split("\n## ")[0]
    assert "| p19 | 2 |\n| 5 others | 10 |" in told
    assert "p20" not in told


def test_sides_of_two_sources_are_one_bar(tmp_path: Path) -> None:
    made = lake("a", source=Source("x", publisher="दैनिक"))
    en = replace(made.en, article=replace(made.en.article, source=Source("y", publisher="Daily")))
    with DatasetWriter(tmp_path / "out") as writer:
        writer.add(replace(made, en=en))
        writer.close()
    assert "| दैनिक / Daily | 2 |" in (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
