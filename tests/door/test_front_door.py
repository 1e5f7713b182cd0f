"""`import tithi`: its names, what importing costs, and wrong calls."""

import importlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numba
import pytest

import tithi
from tithi.errors import UsageError

ROOT = Path(__file__).parents[2]
HI, EN = "मेला लगा। बहुत लोग आए।", "The fair was held. Many people came."
NAMES = [
    "Alignment", "Article", "Bead", "DataError", "Issue", "MissingExtraError", "Quality", "Sentence", "Source",
    "TithiError", "UsageError", "__version__", "align", "build", "chart", "check_pair", "check_pairs", "draw",
    "explain", "find_dates", "find_numbers", "lacking", "load_encoder", "read_article", "split_sentences",
]  # fmt: skip
PATHS = ["hi.txt", "data/मेला.hi.txt", "/srv/a.HTML", "C:\\texts\\a.docx", "a.jsonl.gz", "corpus.hi"]
TEXTS = ["", "नमस्ते।", "e.g.", "12.5", "क.ख", "Node.js", "see notes.txt now", "राम गया.हरि आया", "...", "The end.txt."]


def test_the_names_are_pinned_and_all_there() -> None:
    assert tithi.__all__ == NAMES
    assert set(NAMES) <= set(dir(tithi))
    for name in NAMES:
        assert getattr(tithi, name) is not None
    assert re.fullmatch(r"\d+\.\d+.*", tithi.__version__)
    with pytest.raises(AttributeError, match="nonsense"):
        _ = getattr(tithi, "nonsense")  # noqa: B009
    assert tithi.load_encoder is importlib.import_module("tithi.encoder").load


def test_type_checkers_see_every_name() -> None:
    source = Path(tithi.__file__).read_text(encoding="utf-8")
    told = set(re.findall(r"^    from \S+ import \w+ as (\w+)$", source, re.MULTILINE))
    assert told | {"__version__"} == set(NAMES)


def test_importing_loads_nothing_heavy() -> None:
    code = "import sys; import tithi; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert loaded.isdisjoint({"numpy", "numba", "datasets", "pyarrow", "argparse", "importlib.metadata", "email"})


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (["-c", "import tithi; print(tithi.find_dates('2 मई, 2024', 'hi')[0].text)"], "2 मई, 2024"),
        (["-m", "tithi", "dates", "sample/07_weaver.en.txt", "--lang", "en"], '"evidence"'),
        (["-c", "import tithi.cli.main as m, tithi.sample as s; print(m.__file__, s.manifest())"], str(ROOT)),
    ],
)
def test_python_in_a_checkout_finds_all_of_it_however_it_was_installed(run: list[str], said: str) -> None:
    """-S: no editable install leads the way, as after `pip install .` or with nothing but the dependencies there."""
    packages = [str(Path(module.__file__ or "").parents[1]) for module in (numba, pytest)]
    paths = os.pathsep.join([str(ROOT), *packages])
    done = subprocess.run(
        [sys.executable, "-S", *run],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert said in done.stdout


def test_an_installed_tithi_looks_for_rooms_within_itself_alone(tmp_path: Path) -> None:
    """A module of another package is no room."""
    shutil.copytree(ROOT / "tithi", tmp_path / "tithi")
    (tmp_path / "tithi/corpus").mkdir()
    (tmp_path / "strange.py").write_text("", encoding="utf-8")
    code = "import tithi, importlib.util as u; print(u.find_spec('tithi.strange'))"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True, env={}
    )
    assert done.stdout == "None\n"


def test_python_m_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "tithi", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"tithi {tithi.__version__}"


def test_sentences_are_spans_and_their_text() -> None:
    text = "डॉ. राव आए।  वे 2.5 कि.मी. चले."
    found = tithi.split_sentences(text, "hi")
    assert [one.text for one in found] == ["डॉ. राव आए।", "वे 2.5 कि.मी. चले."]
    assert all(text[one.start : one.stop] == one.text for one in found)
    assert [one.text for one in tithi.split_sentences("Dr. Rao came. He left.", "en")] == ["Dr. Rao came.", "He left."]


# --- wrong calls -----------------------------------------------------------------------------------------------------

HINDI, ENGLISH = tithi.Article("hi", HI, tithi.Source("")), tithi.Article("en", EN, tithi.Source(""))
WRONG: list[tuple[str, tuple[Any, ...], str]] = [
    ("align", (EN, HI), "exchange the two"),
    ("align", (ENGLISH, HINDI), "exchange the two"),
    ("align", (ENGLISH, EN), "lang is 'en'"),
    ("align", (HI, HINDI), "lang is 'hi'"),
    ("align", ("hi.txt", EN), "tithi.read_article('hi.txt'"),
    ("align", (HI, "en.txt"), "the English side"),
    ("align", (Path("hi.txt"), EN), "tithi.read_article('hi.txt'"),
    ("align", (HI.encode(), EN), "decode it"),
    ("align", (None, EN), "got None"),
    ("align", (HI, None), "got None"),
    ("align", ([HI], [EN]), "join the parts"),
    ("align", (7, EN), "got int 7"),
    ("explain", (EN, HI), "exchange the two"),
    ("explain", (HI, b"x"), "decode it"),
    ("explain", (HI, {"text": EN}), "got dict"),
    ("check_pair", (EN, HI), "exchange the two"),
    ("check_pair", ("a.hi", "a.en"), "looks like a path"),
    ("check_pair", (HI, None), "the English side"),
    ("check_pair", ([HI], EN), "got list"),
    ("check_pair", (bytearray(b"x"), EN), "decode it"),
    ("check_pairs", ("ab",), "put it in a list"),
    ("check_pairs", (b"ab",), "got bytes"),
    ("check_pairs", (Path("pairs.tsv"),), "iterator of (hi, en) pairs"),
    ("check_pairs", (None,), "got None"),
    ("check_pairs", (3,), "got int 3"),
    ("check_pairs", ([HI, EN],), "pair 0: must be (hi, en)"),
    ("check_pairs", (["ab"],), "got str 'ab'"),
    ("check_pairs", ([("hi", "en", "x")],), "got 3 parts"),
    ("check_pairs", ([(HI, EN), (HI,)],), "pair 1: must be (hi, en); got 1 parts"),
    ("check_pairs", ([(HI, None)],), "pair 0: the English side"),
    ("check_pairs", ([{"hi": HI, "en": EN}],), "got dict"),
    ("check_pairs", ([(EN, HI)],), "exchange the two"),
    ("find_dates", (HI, "hindi"), "must be 'hi' or 'en'; got str 'hindi'"),
    ("find_dates", (HI, None), "got None"),
    ("find_dates", (HI, "HI"), "must be 'hi' or 'en'"),
    ("find_dates", (None, "hi"), "got None"),
    ("find_dates", (["2024"], "hi"), "join the parts"),
    ("find_dates", ("notes.txt", "en"), "looks like a path"),
    ("find_numbers", (HI.encode(), "hi"), "decode it"),
    ("find_numbers", (12, "en"), "got int 12"),
    ("find_numbers", (HI, "ur"), "must be 'hi' or 'en'"),
    ("split_sentences", (HI, "fr"), "must be 'hi' or 'en'"),
    ("split_sentences", (Path("a.txt"), "hi"), "tithi.read_article"),
    ("split_sentences", ("hi", HI), "must be 'hi' or 'en'"),
    ("read_article", ("a.txt", "de"), "must be 'hi' or 'en'"),
    ("read_article", (None, "hi"), "the path of a file or folder; got None"),
    ("read_article", (["a.txt"], "hi"), "give a str or a Path"),
    ("read_article", (b"a.txt", "hi"), "got bytes"),
    ("lacking", ("text",), "tithi.align(hi, en)"),
    ("lacking", (None,), "got None"),
    ("lacking", ((HI, EN),), "got tuple"),
    ("lacking", (HINDI,), "got Article"),
    ("load_encoder", (7,), "got int 7"),
    ("load_encoder", (b"tithi",), "got bytes"),
    ("load_encoder", ("",), "got str ''"),
    ("load_encoder", (["tithi"],), "got list"),
    ("chart", (None, {}), "the title: must be a str; got None"),
    ("chart", ("सूची", None), "counts by name; got None"),
    ("chart", ("सूची", [("a", 1)]), "got list"),
    ("chart", ("सूची", {"a": "1"}), "give {'news': 120, 'law': 30}"),
    ("chart", ("सूची", {"a": float("nan")}), "counts by name"),
    ("chart", ("सूची", {"a": -1}), "counts by name"),
    ("chart", ("सूची", {1: 1}), "counts by name"),
    ("draw", ({"translation": {"hi": HI}},), "give dataset[0]"),
    ("build", ("pairs.jsonl", "out"), "read_manifest('pairs.jsonl')"),
    ("build", (Path("x"), "out"), "read_manifest('x')"),
    ("build", (b"x", "out"), "got bytes"),
    ("build", (None, "out"), "got None"),
    ("build", ([(HI, EN)], "out"), "entry 0: must be a ManifestEntry"),
    ("build", (["pairs.jsonl"], "out"), "entry 0"),
    ("build", ([], None), "the path of a file or folder; got None"),
]


@pytest.mark.parametrize(("name", "arguments", "told"), WRONG, ids=lambda value: str(value)[:40])
def test_a_wrong_call_is_told(
    name: str, arguments: tuple[Any, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as error:
        list(getattr(tithi, name)(*arguments))  # check_pairs looks at a pair when it is its turn
    message = str(error.value)
    assert told in message
    assert message.startswith(name)
    assert len(message.split("; ")) >= 3
    assert "\n" not in message
    assert not list(tmp_path.iterdir())


def test_an_encoder_that_is_none_is_told() -> None:
    with pytest.raises(UsageError, match="got int 7"):
        tithi.align(HI, EN, encoder=7)  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", ["2024-06-18", 20240618, ("2024", 6, 18), b"2024-06-18"])
def test_a_reference_that_is_no_day_is_told(wrong: Any) -> None:
    with pytest.raises(UsageError, match=r"the reference: must be a datetime\.date; got .*fromisoformat"):
        tithi.find_dates("पिछले मंगलवार", "hi", reference=wrong)


@pytest.mark.parametrize("wrong", [None, 3, "ab", {0: 1}, [None], [(1,)], [("a", 1)], [(0, 1, 2)], ["ab"]])
def test_spans_that_are_none_are_told(wrong: Any) -> None:
    with pytest.raises(UsageError, match=r"find_numbers: skip: must be a list of \(start, stop\); got .*; give"):
        tithi.find_numbers("3 लोग", "hi", skip=wrong)
    assert tithi.find_numbers("3 लोग", "hi", skip=[(0, 1)]) == []


@pytest.mark.parametrize("wrong", [0, "", "tithi", b"", [], object()])
def test_checks_tell_of_what_is_no_encoder(wrong: Any) -> None:
    with pytest.raises(UsageError, match="checks: quality is learnt for the encoder tithi"):
        list(tithi.check_pairs([(HI, EN)], wrong))


@pytest.mark.parametrize("path", PATHS)
def test_a_path_is_told_from_a_text(path: str) -> None:
    with pytest.raises(UsageError, match="looks like a path"):
        tithi.find_dates(path, "en")


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_not_taken_for_a_path(text: str) -> None:
    assert isinstance(tithi.find_dates(text, "hi"), list)


@pytest.mark.parametrize(
    ("hi", "en"),
    [
        ("", ""),
        (HI, ""),
        ("", EN),
        ("NASA", "नासा"),
        ("COVID-19", "COVID-19"),
        ("मैंने Facebook पर post किया।", EN),
        (EN, EN),
        (HI, HI),
    ],
)
def test_a_doubtful_pair_is_judged_and_not_refused(hi: str, en: str) -> None:
    assert 0 <= (tithi.check_pair(hi, en).quality or 0) <= 1
    assert [quality.quality for quality in tithi.check_pairs([(hi, en)])] == [tithi.check_pair(hi, en).quality]
    assert tithi.align(hi, en).hi.article.text == hi


def test_one_exchanged_pair_among_others_is_data() -> None:
    assert [quality.quality is not None for quality in tithi.check_pairs([(EN, HI), (HI, EN)])] == [True, True]


def test_a_file_name_within_data_is_data() -> None:
    assert len(list(tithi.check_pairs([(HI, EN), ("hi.txt", "en.txt")]))) == 2
