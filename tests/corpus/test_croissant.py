"""The dataset described for machines: every name resolves, every file and column is the one on disk."""

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.builders import lake, plain
from tithi.corpus.columns import COLUMNS
from tithi.corpus.croissant import published_at
from tithi.corpus.folder import read_marker
from tithi.corpus.write import DatasetWriter
from tithi.records import Issue, Quality, Source

TYPES = {"sc:Text": pa.types.is_string, "sc:Integer": pa.types.is_integer, "sc:Float": pa.types.is_floating,
         "sc:Boolean": pa.types.is_boolean}  # fmt: skip
KNOWN = Source("x", publisher="अख़बार \x07<b>", licence="CC BY 4.0")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("croissant") / "झील"
    issue = Issue("number", "error", (0, 1), None, "x")
    with DatasetWriter(folder) as writer:
        writer.add(lake("a", source=KNOWN), [None, Quality(0.5, (issue,))])
        for number in range(40):
            writer.add(plain(f"b{number}", f"खबर {number * 7919}।", f"Story {number * 7919}."))
        writer.close()
    return folder


@pytest.fixture(scope="module")
def told(out: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((out / "croissant.json").read_text(encoding="utf-8"))
    return read


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object with a type and an id, outermost first."""
    if isinstance(value, dict):
        if "@id" in value and "@type" in value:
            yield value
        for key, member in value.items():
            if key != "@context":
                yield from nodes(member)
    elif isinstance(value, list):
        for member in value:
            yield from nodes(member)


def test_what_the_format_asks_for(out: Path, told: dict[str, Any]) -> None:
    assert told["@type"] == "sc:Dataset"
    assert told["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    assert told["name"] == "झील"
    assert told["version"] == read_marker(out).version
    assert re.fullmatch(r"\d+\.\d+\.\d+", told["version"])
    assert all(told[name] for name in ("description", "license", "distribution", "recordSet"))
    used = {key for node in nodes(told) for key in node if not key.startswith("@")}
    context = told["@context"]
    ours = {"name", "description", "contentUrl", "contentSize", "encodingFormat", "sha256"}
    assert used - ours <= set(context)
    prefixes = {name for name, meaning in context.items() if str(meaning).startswith("http")}
    assert {node["@type"].partition(":")[0] for node in nodes(told)} <= prefixes


def test_ids_are_unique_and_references_resolve(told: dict[str, Any]) -> None:
    ids = [node["@id"] for node in nodes(told)]
    assert len(ids) == len(set(ids))
    for node in nodes(told):
        if "key" in node:
            assert node["key"]["@id"] in ids
        if "source" in node:
            assert node["source"]["fileSet"]["@id"] in ids


def test_every_file_is_listed_as_it_is(out: Path, told: dict[str, Any]) -> None:
    files = {one["contentUrl"]: one for one in told["distribution"] if one["@type"] == "cr:FileObject"}
    there = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*.parquet")}
    assert set(files) == set(there)
    for name, content in there.items():
        assert files[name]["sha256"] == sha256(content).hexdigest()
        assert files[name]["contentSize"] == f"{len(content)} B"
    sets = {one["@id"]: one["includes"] for one in told["distribution"] if one["@type"] == "cr:FileSet"}
    assert sum(fnmatchcase(name, pattern) for name in there for pattern in sets.values()) == len(there)


@pytest.mark.parametrize("config", list(COLUMNS))
def test_every_column_is_a_field_of_its_type(out: Path, told: dict[str, Any], config: str) -> None:
    (records,) = (one for one in told["recordSet"] if one["name"] == config)
    schema = pq.read_schema(next((out / "data" / config).glob("*.parquet")))
    split, *fields = records["field"]
    assert [field["name"] for field in fields] == schema.names
    for field in fields:
        check(field, schema.field(field["name"]).type, field["name"], "")
    pattern = re.compile(split["source"]["transform"]["regex"])
    names = {found[1] for path in (out / "data" / config).iterdir() if (found := pattern.fullmatch(path.name))}
    assert names <= {"train", "validation", "test"}
    assert "train" in names


def check(field: dict[str, Any], kind: pa.DataType, column: str, path: str) -> None:
    """Compare a field with the type of its column, or of what stands at a path in it."""
    assert field.get("repeated", False) == pa.types.is_list(kind)
    while pa.types.is_list(kind):
        kind = kind.value_type
    if pa.types.is_struct(kind):
        members = {kind.field(k).name: kind.field(k).type for k in range(kind.num_fields)}
        assert {one["name"] for one in field["subField"]} == set(members)
        for one in field["subField"]:
            check(one, members[one["name"]], column, f"{path}.{one['name']}" if path else one["name"])
        return
    assert TYPES[field["dataType"]](kind)
    assert field["source"]["extract"] == {"column": column}
    assert field["source"].get("transform") == ({"jsonPath": path} if path else None)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # within what it reads JSON-LD with
def test_the_reference_reader_finds_no_fault_and_every_row(out: Path) -> None:
    """`mlcroissant`, MLCommons' own: it raises where the description is not valid."""
    mlcroissant = pytest.importorskip("mlcroissant")
    described = mlcroissant.Dataset(jsonld=out / "croissant.json")
    assert not described.metadata.ctx.issues.errors
    assert [records.uuid for records in described.metadata.record_sets] == list(COLUMNS)
    for config in COLUMNS:
        got = [read(record) for record in described.records(config)]
        files = sorted((out / "data" / config).iterdir())
        rows = [
            read({"split": path.name.partition("-")[0]} | row)
            for path in files
            for row in pq.read_table(path).to_pylist()
        ]
        for row in got:  # the reader makes a list of one empty issue of none that was looked for
            if "issues" in row and not any(any(issue.values()) for issue in row["issues"]) and row["quality"] is None:
                row["issues"] = None
        assert sorted(got, key=lambda row: row["id"]) == sorted(rows, key=lambda row: row["id"])


def read(value: Any) -> Any:
    """Return what the reader gives as plain values: texts for bytes, lists for arrays, `hi` for `sentences/…/hi`."""
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, dict):
        return {name.rpartition("/")[2]: read(inner) for name, inner in value.items()}
    if hasattr(value, "tolist"):
        value = value.tolist()
    return [read(inner) for inner in value] if isinstance(value, (list, tuple)) else value


def test_licences_are_told_by_source(told: dict[str, Any]) -> None:
    assert told["license"] == ["CC BY 4.0"]
    assert told["isBasedOn"] == [
        {"@type": "sc:CreativeWork", "name": "unknown"},
        {"@type": "sc:CreativeWork", "name": "अख़बार <b>", "license": "CC BY 4.0"},
    ]


def test_what_is_published_says_where(out: Path, told: dict[str, Any]) -> None:
    text = (out / "croissant.json").read_text(encoding="utf-8")
    assert "url" not in told
    assert json.loads(published_at(text, "https://hub.example/a/b")) == {**told, "url": "https://hub.example/a/b"}


def test_it_is_the_datasets_own_file(out: Path) -> None:
    assert "croissant.json" in read_marker(out).files
