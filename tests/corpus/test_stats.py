"""What a dataset holds, counted."""

import json
from pathlib import Path

import pytest

from tests.builders import lake
from tithi.cli.main import main
from tithi.corpus.stats import stats
from tithi.corpus.write import DatasetWriter
from tithi.records import Issue, Quality, Reject, Source


@pytest.fixture
def out(tmp_path: Path) -> Path:
    found = [Issue(kind, severity, None, None, "x") for kind, severity in (("number", "error"), ("order", "hint"))]
    with DatasetWriter(tmp_path / "out") as writer:
        writer.add(
            lake("a", source=Source("x", publisher="अख़बार", licence="CC0-1.0")), [None, Quality(0.25, (*found,))]
        )
        writer.add(lake("b"), [Quality(1.0), None])
        writer.reject(Reject("list:3", None, "no"))
        writer.close()
    return tmp_path / "out"


def test_the_figures_are_those_of_the_rows(out: Path) -> None:
    told = stats(out)
    assert told["rows"] == {
        "sentences": {"train": 4},
        "segments": {"train": 8},
        "articles": {"train": 2},
        "unaligned": {"train": 6},
    }
    assert told["sources"]["publishers"] == [{"name": "अख़बार", "articles": 2}, {"name": None, "articles": 2}]
    assert told["dates"] == {"first": "2019-05", "last": "2019-05", "dated": 2, "months": {"2019-05": 2}}
    assert told["quality"] == {"checked": 2, "mean": 0.625, "tenths": [0, 0, 1, 0, 0, 0, 0, 0, 0, 1]}
    assert told["issues"] == {"number": 1}
    assert told["unaligned"] == {"no such segment": 4, "no such sentence": 2}
    assert told["rejects"] == 1


@pytest.mark.parametrize(
    ("dates", "first", "last"),
    [
        (["2019-12", "XXXX-02-14", "2024-06-02"], "2019-12", "2024-06-02"),
        (["XXXX-02-14"], None, None),
        (["2019", "2019-05"], "2019", "2019-05"),
        (["18XX", "1805"], "18XX", "18XX"),
        (["-0321", "-0043", "0078"], "-0321", "0078"),
        (["-04XX", "2024"], "-04XX", "2024"),
        (["2006-10-14/2017-12-22", "2017"], "2006-10-14", "2017-12-22"),
        (["199X", "1996-01-01"], "199X", "199X"),
        ([None], None, None),
    ],
)
def test_the_first_and_the_last_date_are_those_with_a_year(
    out: Path, dates: list[str | None], first: str | None, last: str | None
) -> None:
    rows = [{"date": date, "quality": None, "issues": None} for date in dates]
    told = stats(out, rows)["dates"]
    assert (told["first"], told["last"]) == (first, last)


def test_the_command_prints_lines_or_json(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", str(out)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "publishers  अख़बार 2, unknown 2" in lines
    assert "quality     2 pairs checked, mean 0.625, 1 below .5" in lines
    assert main(["stats", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == stats(out)
    assert main(["stats", str(out.parent)]) == 1
