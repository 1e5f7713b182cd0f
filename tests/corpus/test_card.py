import ast
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import lake
from tithi.corpus.card import repointed
from tithi.corpus.columns import COLUMNS
from tithi.corpus.markdown import escaped
from tithi.corpus.origins import Sources
from tithi.corpus.write import DatasetWriter
from tithi.records import Reject, Source

EVIL = Source(
    "/home/me/secret/x.txt",
    title='<script>alert(1)</script> | `a` **b** [c](javascript:x)\n\n---\n# head "q" \u202eलटा\u202c क्\u200dष',
    url="https://example.org/<b>|x",
    publisher="Pipe | Press",
    published="2024-05-16",
    licence="---\nlicense: mit\n---",
)


def card(
    out: Path, *sources: Source, metrics: dict[str, Any] | None = None, rejects: int = 0, **settings: object
) -> str:
    with DatasetWriter(out, settings=settings) as writer:
        for number, source in enumerate(sources):
            writer.add(lake(f"a{number}", source=source))
        for number in range(rejects):
            writer.reject(Reject(f"p.jsonl:{number}", None, "bad"))
        writer.close(metrics)
    return (out / "README.md").read_text(encoding="utf-8")


def metadata(out: Path) -> dict[str, Any]:
    from huggingface_hub import DatasetCard

    return dict(DatasetCard.load(out / "README.md").data.to_dict())


def section(text: str, title: str) -> str:
    return text.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def test_every_column_is_described(tmp_path: Path) -> None:
    text = section(card(tmp_path / "out", Source("x")), "Columns")
    for config, columns in COLUMNS.items():
        table = text.split(f"### `{config}`")[1].split("###")[0]
        assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == [column.name for column in columns]
        assert all(column.about in table for column in columns)


def test_the_metadata_is_that_of_the_data(tmp_path: Path) -> None:
    card(tmp_path / "out", Source("x", licence="CC BY 4.0"))
    data = metadata(tmp_path / "out")
    assert (data["language"], data["license"]) == (["hi", "en"], "cc-by-4.0")
    assert (data["task_categories"], data["size_categories"]) == (["translation"], ["n<1K"])
    infos = {info["config_name"]: info for info in data["dataset_info"]}
    assert set(infos) == {config["config_name"] for config in data["configs"]} == set(COLUMNS)
    for config in data["configs"]:
        info = infos[config["config_name"]]
        assert config["version"] == info["version"]
        (files,) = config["data_files"]
        paths = list((tmp_path / "out").glob(files["path"]))
        assert info["download_size"] == sum(path.stat().st_size for path in paths) > 0
        assert [split["name"] for split in info["splits"]] == [files["split"]] == ["train"]
    assert [split["num_examples"] for split in infos["unaligned"]["splits"]] == [3]
    assert [config["config_name"] for config in data["configs"] if config.get("default")] == ["sentences"]


@pytest.mark.parametrize(
    ("licences", "name", "said"),
    [
        ([None], "unknown", "The rights of every article are unknown"),
        (["cc0-1.0", "cc0-1.0"], "cc0-1.0", "Every article states the same licence: cc0-1.0."),
        (["CC BY-SA 4.0"], "cc-by-sa-4.0", "Every article states the same licence"),
        (["All rights reserved"], "other", "Every article states the same licence: All rights reserved."),
        (["MIT", "CC0-1.0"], "unknown", "Every article states a licence; they differ."),
        (["MIT", None], "unknown", "The rights of 2 of 4 articles are unknown"),
    ],
)
def test_rights(tmp_path: Path, licences: list[str | None], name: str, said: str) -> None:
    text = card(tmp_path / "out", *(Source("x", licence=licence) for licence in licences))
    assert metadata(tmp_path / "out")["license"] == name
    assert said in section(text, "Sources and rights")


def test_sources_are_listed_and_counted(tmp_path: Path) -> None:
    known = Source("x", title="झील", url="https://news.example.org/a?b=1", published="2024-05-16", licence="CC0-1.0")
    text = section(card(tmp_path / "out", known, known, Source("x", publisher="Daily")), "Sources and rights")
    assert "| news.example.org | CC0-1.0 | 4 |" in text
    assert "| Daily | unknown | 2 |" in text
    told = "झील, 2024-05-16, https://news.example.org/a?b=1, CC0-1.0"
    assert f"| a0 | {told} | {told} |" in text


def test_many_sources_are_bounded() -> None:
    sources = Sources()
    for number in range(300):
        sources.add(f"a{number}", *[Source("x", publisher=f"p{number}")] * 2)
    assert (sources.pairs, len(sources.listed), len(sources.origins), sources.others) == (300, 50, 200, 200)


def test_hostile_sources_are_shown_literally(tmp_path: Path) -> None:
    text = card(tmp_path / "out", EVIL, metrics={"<b>x": {"a|b": "<i>"}}, model="`rm` | <b>")
    body = text.split("\n---\n", 1)[1]
    assert "<script" not in body
    assert "<b>" not in re.sub(r"`[^`\n]*`", "", body)
    assert "\u202e" not in body
    assert "secret" not in body
    assert "क्\u200dष" in body
    assert metadata(tmp_path / "out")["license"] == "other"
    for line in body.splitlines():
        assert line != "---"
        assert not line.startswith("# head")
    rows = [line for line in section(text, "Sources and rights").splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {4}


def test_an_odd_folder_name_loads_as_pasted(tmp_path: Path) -> None:
    out = tmp_path / 'ओ "q" `b` \\ --- x'
    text = card(out, Source("x"))
    assert repointed(text, out.name) == text
    (call,) = (
        node
        for node in ast.walk(ast.parse(snippet(text)))
        if isinstance(node, ast.Call)
        and len(node.args) == 1
        and isinstance(node.func, ast.Name)
        and node.func.id == "load_dataset"
    )
    assert ast.literal_eval(call.args[0]) == out.name
    assert str(tmp_path) not in text


def test_the_snippet_gives_the_rows(tmp_path: Path) -> None:
    text = card(tmp_path / "out", Source("x"))
    assert "पाँच महीने" in pasted(text, tmp_path)
    moved = tmp_path / "user" / "name"
    moved.parent.mkdir()
    (tmp_path / "out").rename(moved)
    assert "पाँच महीने" in pasted(repointed(text, "user/name"), tmp_path)


def snippet(text: str) -> str:
    return text.split("```python\n", 1)[1].split("\n```", 1)[0]


def pasted(text: str, folder: Path) -> str:
    """Run the card's first block of Python as a user would, and return what it prints."""
    environment = {"HF_HOME": str(folder / "home"), "HF_HUB_OFFLINE": "1", "PYTHONUTF8": "1", "PATH": ""}
    command = [sys.executable, "-c", snippet(text)]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=True
    ).stdout


def test_figures_settings_and_rejects_are_told(tmp_path: Path) -> None:
    metrics = {"coverage": {"hi": {"sentences": 0.61234, "characters": 1.0}}, "beads": {"1-1": 1200}, "note": None}
    text = card(tmp_path / "out", Source("x"), metrics=metrics, rejects=2, encoder="lexical", min_score=0.5)
    figures = section(text, "Figures")
    for row in ("| hi › sentences | 0.6123 |", "| hi › characters | 1 |", "| 1-1 | 1,200 |", "| note | – |"):
        assert row in figures
    aligned = section(text, "How it was aligned")
    assert "| min\\_score | 0.5 |" in aligned
    assert re.search(r"Signature: `tithi:\S+\|encoder:lexical\|min_score:0\.5`", aligned)
    assert "Not built: 2 listed article pairs" in section(text, "Known limits")
    assert "`train` alone: a split needs at least 20 different articles; got 1." in section(text, "Size and splits")


def test_figures_of_the_splits_are_always_told(tmp_path: Path) -> None:
    assert "pairs left out of train | 0" in section(card(tmp_path / "out", Source("x")), "Figures")
    assert list(json.loads((tmp_path / "out" / "metrics.json").read_text(encoding="utf-8"))) == ["splits"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("सादा पाठ 10.5 - (ठीक)", "सादा पाठ 10.5 - (ठीक)"),
        ("a | b", "a \\| b"),
        ("<b> & `c`", "&lt;b&gt; &amp; \\`c\\`"),
        ("[x](y)", "\\[x\\](y)"),
        ("एक\n\tदो\u2028तीन\u202e", "एक दो तीन"),
        ("क्\u200dष", "क्\u200dष"),
        ("x" * 200, "x" * 159 + "…"),
    ],
)
def test_escaped(text: str, shown: str) -> None:
    assert escaped(text) == shown


@given(st.text())
def test_escaped_text_stays_in_its_cell(text: str) -> None:
    shown = escaped(text)
    assert len(shown.splitlines()) <= 1
    assert not re.search(r"(?<!\\)(?:\\\\)*[|`*\[]|[<>]", shown)
