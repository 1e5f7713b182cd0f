"""The command line: what each command prints, and one clear line for whatever is wrong."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.cli.conftest import Run
from tests.village import BARE, EVENTS, ORDER, english, hindi
from tithi.__main__ import main as start
from tithi.corpus.stored import stored_rows


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Return a folder that holds the village in both languages."""
    (tmp_path / "hi.txt").write_text(hindi(), encoding="utf-8")
    (tmp_path / "en.txt").write_text(english(), encoding="utf-8")
    return tmp_path


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.split("\n") if line]


def assert_one_line(done: SimpleNamespace, code: int, *parts: str) -> None:
    """Assert that a command failed with `code` and one line on standard error that holds `parts`."""
    assert done.code == code, done.err
    assert done.out == ""
    assert done.err.endswith("\n")
    assert done.err.count("\n") == 1
    assert "Traceback" not in done.err
    for part in parts:
        assert part in done.err


# --- starting --------------------------------------------------------------------------------------------------------

HEAVY = {"numpy", "numba", "datasets", "pyarrow", "torch", "sacrebleu", "babel", "tqdm", "huggingface_hub", "sklearn"}


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["align", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom tithi.cli.main import main\n"
        f"try: main({arguments!r})\nexcept SystemExit as end: assert not end.code\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "tithi" in done.stdout
    assert "argparse" in done.stderr.split()
    assert HEAVY.isdisjoint(done.stderr.split())


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["align", "--min-score", "2", "a", "b"], ["dates", "x"]])
def test_a_wrong_call_is_told_with_code_2(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "usage: tithi" in done.err


def test_every_command_has_help(run: Run) -> None:
    listed = run("--help")
    names = [line.split()[0] for line in listed.out.splitlines() if line.startswith("    ") and line[4] != " "]
    assert {"build", "align", "dates", "score"} <= set(names)
    for name in names:
        assert run(name, "--help").code == 0


# --- align -----------------------------------------------------------------------------------------------------------


def test_align_prints_one_object_a_bead(run: Run, files: Path) -> None:
    done = run("align", files / "hi.txt", files / "en.txt")
    assert (done.code, done.err) == (0, "")
    beads = rows(done.out)
    assert all(list(bead) == ["hi", "en", "score", "date", "hi_text", "en_text"] for bead in beads)
    assert [k for bead in beads for k in range(*bead["hi"])] == list(range(11))
    assert sorted(k for bead in beads for k in range(*bead["en"])) == list(range(11))
    assert beads[1]["hi_text"] == "गाँव में पहला स्कूल खुला।"
    assert (beads[1]["en_text"], beads[1]["date"]) == ("The first school opened in the village.", "2018-03-05")
    assert all(0 <= bead["score"] <= 1 for bead in beads)
    assert "\\u" not in done.out


def test_align_says_when_the_order_differs(run: Run, tmp_path: Path) -> None:
    hi = ["नगर में वर्षा हुई।", "नदी का पुल टूट गया।", "मंत्री ने शिविर देखा।", "स्कूल दो दिन बंद रहेंगे।", "दवाइयाँ बाँटी गईं।"]
    en = ["The minister saw the camp.", "Schools will be closed for two days.", "Medicines were handed out."]
    moved = ["It rained in the city.", "The bridge over the river broke."]
    for name, lines in (("hi", hi), ("en", en + moved), ("same", moved + en)):
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run("align", "--lines", tmp_path / "hi", tmp_path / "en")
    assert "order: 2 of 5 pairs are told elsewhere on the English side" in done.err
    assert [bead["hi"][0] for bead in rows(done.out) if bead.get("moved")] == [0, 1]
    assert "order" not in run("align", "--lines", tmp_path / "hi", tmp_path / "same").err
    assert "order" not in run("align", "--lines", "--quiet", tmp_path / "hi", tmp_path / "en").err
    (tmp_path / "pairs").write_text("one\thi\ten\ntwo\thi\tsame\n", encoding="utf-8")
    done = run("align", "--lines", "--manifest", tmp_path / "pairs", "-o", tmp_path / "out")
    assert "order: it differs in 1 article pairs; see moved in their beads" in done.err


def test_align_keeps_lines(run: Run, tmp_path: Path) -> None:
    hi = ["शीर्षक", "", "वर्षा हुई। धूप निकली।", "5 मई 2019", "हवा चली।\u2028फिर थमी।", ""]
    en = ["The title", "", "It rained. The sun came out.", "May 5, 2019", "The wind blew, then ceased.", ""]
    (tmp_path / "hi").write_bytes("\r\n".join(hi).encode() + b"\r\n")
    (tmp_path / "en").write_text("\n".join(en) + "\n", encoding="utf-8")
    beads = rows(run("align", "--lines", tmp_path / "hi", tmp_path / "en").out)
    assert [k for bead in beads for k in range(*bead["hi"])] == list(range(6))
    assert sorted(k for bead in beads for k in range(*bead["en"])) == list(range(6))
    assert {"hi": [2, 3], "en": [2, 3]} in [{"hi": bead["hi"], "en": bead["en"]} for bead in beads]
    assert [bead["hi_text"] for bead in beads if bead["hi"] == [4, 5]] == [hi[4]]


def test_align_joins_hard_wrapped_lines_unless_it_is_told_to_keep_them(run: Run, tmp_path: Path) -> None:
    (tmp_path / "hi").write_text(
        "पहाड़ों के बीच बसा यह छोटा गाँव बरसों से पानी की कमी से जूझ रहा है और\n"
        "लोग हर सुबह मीलों चलकर नदी से पानी भरकर लाते हैं, जिससे बच्चों की भी\n"
        "पढ़ाई छूट जाती है और घर के बड़े लोग खेत का काम समय पर नहीं कर पाते हैं\n"
        "इसलिए पंचायत ने तय किया है कि अगले साल तक गाँव में एक नया कुआँ बनेगा।\n",
        encoding="utf-8",
    )
    (tmp_path / "en").write_text(
        "The small village between the hills has lacked water for many years and\n"
        "its people walk for miles each morning to fetch it from the river, so its\n"
        "children miss their lessons and the elders of the house cannot do the work\n"
        "of the fields in time, so the council has decided to dig a new well soon.\n",
        encoding="utf-8",
    )
    assert [bead["hi"] for bead in rows(run("align", tmp_path / "hi", tmp_path / "en").out)] == [[0, 1]]
    kept = rows(run("align", "--keep-lines", tmp_path / "hi", tmp_path / "en").out)
    assert max(bead["hi"][1] for bead in kept) == max(bead["en"][1] for bead in kept) == 4
    (tmp_path / "other").write_text("A cow ate grass.\n", encoding="utf-8")
    for flags, count in ((), 1), (("--keep-lines",), 4):
        told = rows(run("lacking", *flags, tmp_path / "hi", tmp_path / "other").out)
        assert max(row["sentences"][1] for row in told if row["lang"] == "hi") == count
        run("report", *flags, tmp_path / "hi", tmp_path / "en", "-o", tmp_path / f"{count}.html")
    assert (tmp_path / "1.html").read_bytes() != (tmp_path / "4.html").read_bytes()


def test_what_is_told_elsewhere_is_moved_and_monotone_looks_for_none(run: Run, tmp_path: Path) -> None:
    hi, en = tmp_path / "hi.txt", tmp_path / "en.txt"
    hi.write_text(hindi(form=BARE), encoding="utf-8")
    en.write_text(english([*ORDER[3:], *ORDER[:3]], form=BARE), encoding="utf-8")
    moved = {}
    for flags in (), ("--monotone",):
        out = tmp_path / f"corpus{len(flags)}"
        assert run("build", hi, en, "-o", out, *flags).code == 0
        told = [row["moved"] for row in stored_rows(out, "sentences")]
        beads = rows(run("align", hi, en, *flags).out)
        moved[flags] = sum(told), sum(bead.get("moved", False) for bead in beads)
    assert moved == {(): (4, 4), ("--monotone",): (0, 0)}


def test_align_shows_beads_to_people(run: Run, files: Path) -> None:
    done = run("align", files / "hi.txt", files / "en.txt", "--pretty")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Alignment 'pair': 11 + 11 sentences")
    assert "गाँव में पहला स्कूल खुला।" in done.out
    assert "│ The first school opened in the village." in done.out
    for wrong in (["--explain"], ["--manifest", "pairs.tsv", "-o", "out"]):
        files_given = [] if "-o" in wrong else [files / "hi.txt", files / "en.txt"]
        assert_one_line(run("align", *files_given, "--pretty", *wrong), 2, "--pretty")


@pytest.mark.parametrize("side", ["hi", "en"])
def test_align_reads_standard_input(run: Run, files: Path, side: str, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [str(files / "hi.txt"), str(files / "en.txt")]
    expected = run("align", *paths).out
    data = (files / f"{side}.txt").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    paths[("hi", "en").index(side)] = "-"
    assert run("align", *paths).out == expected


def test_align_takes_doubtful_pairs_apart(run: Run, files: Path) -> None:
    beads = rows(run("align", files / "hi.txt", files / "en.txt", "--min-score", "1").out)
    assert all(bead["score"] == 1 for bead in beads if bead["hi_text"] and bead["en_text"])
    assert sorted(k for bead in beads for k in range(*bead["en"])) == list(range(11))
    apart = [bead for bead in beads if bead.get("reason") == "score below 1"]
    assert apart
    assert all(bead["rival"] and 0 < bead["rival_score"] < 1 for bead in apart)


def test_align_writes_a_file_for_each_pair_of_a_manifest(run: Run, files: Path) -> None:
    (files / "empty.txt").write_bytes(b"")
    listed = ["one\thi.txt\ten.txt", "two\thi.txt\tmissing.txt", "three\thi.txt", "four\tempty.txt\ten.txt", ""]
    (files / "pairs.tsv").write_text("\n".join([*listed, "five\thi.txt\ten.txt"]) + "\n", encoding="utf-8")
    done = run("align", "--manifest", files / "pairs.tsv", "-o", files / "out")
    assert (done.code, done.out) == (1, "")
    assert sorted(path.name for path in (files / "out").iterdir()) == ["five.jsonl", "one.jsonl"]
    assert (files / "out/one.jsonl").read_text("utf-8") == run("align", files / "hi.txt", files / "en.txt").out
    complaints = done.err.splitlines()
    assert len(complaints) == 3
    for complaint, parts in zip(complaints, [(":2:", "missing.txt"), (":3:",), ("empty.txt:1:",)], strict=True):
        assert all(part in complaint for part in parts)


@pytest.mark.parametrize(
    "arguments",
    [
        ["align"],
        ["align", "a"],
        ["align", "-", "-"],
        ["align", "a", "b", "-o", "out"],
        ["align", "--manifest", "pairs.tsv"],
        ["align", "a", "b", "--manifest", "pairs.tsv", "-o", "out"],
        ["build", "-o", "out"],
        ["build", "a", "-o", "out"],
        ["build", "a", "b", "--manifest", "pairs.jsonl", "-o", "out"],
        ["build", "--manifest", "pairs.jsonl", "--title", "T", "-o", "out"],
        ["build", "a", "b", "--id", "../x", "-o", "out"],
    ],
)
def test_files_and_options_that_do_not_go_together(run: Run, arguments: list[str]) -> None:
    assert_one_line(run(*arguments), 2, "tithi: ")


def test_of_one_pair_no_folder_is_made_and_the_way_is_told(run: Run) -> None:
    assert "tithi align HI EN > FILE" in run("align", "a", "b", "-o", "out").err


def test_stopped_while_it_is_loaded_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Stopped(SimpleNamespace):
        def __getattr__(self, name: str) -> Any:
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "tithi.cli.main", Stopped())
    assert (start(), capsys.readouterr().err) == (130, "tithi: stopped\n")


# --- bad input -------------------------------------------------------------------------------------------------------

HTML = "<!DOCTYPE html>\n<html><body><p>नमस्ते</p></body></html>\n"
BAD: dict[str, tuple[bytes | None, str]] = {
    "missing": (None, "no such file"),
    "empty": (b"", "bad.txt:1: "),
    "blank": (b" \n\t\n", "bad.txt:1: "),
    "invalid UTF-8": ("पहला\nदूसरा ".encode() + b"\xff\n", "bad.txt:2: "),
    "Latin-1": ("caf\xe9".encode("latin-1"), "bad.txt:1: "),
    "cut short": ("वर्षा".encode()[:-1], "bad.txt:1: "),
    "NUL": ("पहला\nदूसरा\nती\x00सरा".encode(), "bad.txt:3: "),
    "UTF-16": ("वर्षा हुई।".encode("utf-16"), "UTF-16"),
    "UTF-16 without mark": ("It rained here.".encode("utf-16-le"), "UTF-16"),
    "HTML": (HTML.encode(), " page"),
    "other language": (b"It rained all night.\n", "must be Hindi"),
}


@pytest.mark.parametrize("command", ["align", "align --lines", "build", "dates"])
@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_told_in_one_line(run: Run, files: Path, name: str, command: str) -> None:
    data, complaint = BAD[name]
    bad = files / "bad.txt"
    if data is not None:
        bad.write_bytes(data)
    verb, *options = command.split()
    rest: dict[str, list[object]] = {
        "align": [files / "en.txt"],
        "build": [files / "en.txt", "-o", files / "out"],
        "dates": ["--lang", "hi"],
    }
    assert_one_line(run(verb, bad, *rest[verb], *options), 1, "tithi: ", "bad.txt", complaint)
    assert not (files / "out").exists()


@pytest.mark.parametrize("command", ["align", "build", "dates", "score"])
def test_a_folder_for_a_file(run: Run, files: Path, command: str) -> None:
    (files / "folder").mkdir()
    rest = {"align": ["en.txt"], "build": ["en.txt", "-o", "out"], "dates": ["--lang", "hi"], "score": ["en.txt"]}
    arguments = [files / part if part.endswith((".txt", "out")) else part for part in rest[command]]
    assert_one_line(run(command, files / "folder", *arguments), 1, "folder")


def test_hindi_given_for_english(run: Run, files: Path) -> None:
    assert_one_line(run("align", files / "en.txt", files / "hi.txt"), 1, "en.txt:1: must be Hindi", "swapped")
    assert_one_line(run("align", files / "hi.txt", files / "hi.txt"), 1, "hi.txt:1: must be English")


@pytest.mark.parametrize("name", ["nothing\nhere", "tab\there", "क" * 300, "\udcff"])
def test_odd_file_names_stay_on_one_line(run: Run, files: Path, name: str) -> None:
    assert_one_line(run("align", files / name, files / "en.txt"), 1)


def test_an_encoder_that_is_not_there(run: Run, files: Path) -> None:
    done = run("align", files / "hi.txt", files / "en.txt", "--encoder", files / "missing.npz")
    assert_one_line(done, 1, "missing.npz")
    (files / "bad.npz").write_bytes(b"PK\x03\x04 no model")
    assert_one_line(run("align", files / "hi.txt", files / "en.txt", "--encoder", files / "bad.npz"), 1, "bad.npz")


@pytest.mark.parametrize("value", ["19", "2024-13-01", "yesterday"])
def test_published_must_be_a_date(run: Run, files: Path, value: str) -> None:
    done = run("dates", files / "en.txt", "--lang", "en", "--published", value)
    assert (done.code, done.out) == (2, "")
    assert "must be a date such as" in done.err
    done = run("build", files / "hi.txt", files / "en.txt", "-o", files / "out", "--published", value)
    assert (done.code, done.out, (files / "out").exists()) == (2, "", False)
    assert "must be a date such as" in done.err


# --- dates -----------------------------------------------------------------------------------------------------------


def test_dates_prints_one_object_a_date(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "hi.txt"
    path.write_text("मेला\n\nयह 16-17 मई, 2024 को और जुलाई, 2000 में लगा।\r\nकल वर्षा होगी।\n", encoding="utf-8")
    done = run("dates", path, "--lang", "hi")
    assert (done.code, done.err) == (0, "")
    assert rows(done.out)[:2] == [
        {
            "line": 3,
            "start": 3,
            "stop": 17,
            "text": "16-17 मई, 2024",
            "date": "2024-05-16/2024-05-17",
            "evidence": "month",
        },
        {"line": 3, "start": 24, "stop": 35, "text": "जुलाई, 2000", "date": "2000-07", "evidence": "month"},
    ]
    lines = path.read_text(encoding="utf-8").split("\n")
    assert all(lines[row["line"] - 1][row["start"] : row["stop"]] == row["text"] for row in rows(done.out))


def test_relative_dates_count_from_the_day_of_writing(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "en.txt"
    path.write_text("The title\nIt rained yesterday.\n", encoding="utf-8")
    unknown, known = run("dates", path, "--lang", "en"), run("dates", path, "--lang", "en", "--published", "2024-06-18")
    assert [row["date"] for row in rows(unknown.out)] == [None]
    assert [row["date"] for row in rows(known.out)] == ["2024-06-17"]
    path.write_text("The title\nJune 20, 2024\nIt rained yesterday.\n", encoding="utf-8")
    assert [row["date"] for row in rows(run("dates", path, "--lang", "en").out)] == ["2024-06-20", "2024-06-19"]


def test_dates_reads_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"It began in May 2019.")))
    assert [row["date"] for row in rows(run("dates", "-", "--lang", "en").out)] == ["2019-05"]


def test_a_reader_that_leaves_early_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "en.txt"
    path.write_text("May 5, 2019 and June 6, 2020.\n" * 3_000, encoding="utf-8")  # more than a pipe holds
    command = [sys.executable, "-m", "tithi.cli.main", "dates", str(path), "--lang", "en"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["date"] == "2019-05-05"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


# --- score -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def scored(run: Run, files: Path) -> Path:
    """Return a folder with gold and system beads of two documents, all right."""
    for folder in ("gold", "system"):
        (files / folder).mkdir()
    output = run("align", files / "hi.txt", files / "en.txt").out
    gold = [[list(range(*bead["hi"])), list(range(*bead["en"]))] for bead in rows(output)]
    for name in ("one", "two"):
        (files / "gold" / f"{name}.gold.json").write_text(json.dumps(gold), encoding="utf-8")
        (files / "system" / f"{name}.jsonl").write_text(output, encoding="utf-8")
    return files


def test_score_of_gold_against_itself_is_perfect(run: Run, scored: Path) -> None:
    for gold, system in [("gold", "system"), ("gold", "gold"), ("gold/one.gold.json", "system/one.jsonl")]:
        done = run("score", scored / gold, scored / system, "--json")
        assert (done.code, done.err) == (0, "")
        figures = json.loads(done.out)
        assert [figures[kind]["f1"] for kind in ("strict", "lax", "link")] == [1.0, 1.0, 1.0]
    table = run("score", scored / "gold", scored / "system").out
    assert [line.split()[3] for line in table.splitlines() if line.startswith(("strict ", "lax "))] == ["100.00"] * 2


def test_score_counts_what_is_wrong(run: Run, scored: Path) -> None:
    (scored / "gold/one.gold.json").write_text("[[[0], [0]], [[1], [1, 2]], [[2], []]]", encoding="utf-8")
    lines = ['{"hi": [0, 1], "en": [0, 1]}', '{"hi": [1, 2], "en": [1, 2]}', '{"hi": [2, 3], "en": [2, 3]}']
    (scored / "system/one.jsonl").write_text("\n".join(lines), encoding="utf-8")
    figures = json.loads(run("score", scored / "gold/one.gold.json", scored / "system/one.jsonl", "--json").out)
    assert (figures["strict"]["precision"], figures["strict"]["recall"]) == (1 / 3, 1 / 2)
    assert (figures["lax"]["precision"], figures["lax"]["recall"]) == (2 / 3, 1.0)


@pytest.mark.parametrize(
    ("name", "data", "complaint"),
    [
        ("one.jsonl", b"", "one.jsonl"),
        ("one.jsonl", b"not json", "one.jsonl:1"),
        ("one.jsonl", b'{"hi": [0, 1], "en": [0, 1]}\n{"hi": [1]}', "one.jsonl:2"),
        ("one.jsonl", b'{"hi": [2, 1], "en": [0, 1]}', "one.jsonl:1"),
        ("one.jsonl", b"[[[0], [0]], [[0], [1]]]", "one.jsonl"),
        ("one.jsonl", b"\xff\xfe", "one.jsonl"),
        ("three.jsonl", b"[[[0], [0]]]", "three.jsonl"),
    ],
)
def test_score_tells_what_is_wrong_with_a_file(run: Run, scored: Path, name: str, data: bytes, complaint: str) -> None:
    (scored / "system" / name).write_bytes(data)
    assert_one_line(run("score", scored / "gold", scored / "system"), 1, complaint)


# --- pairs and vectors -----------------------------------------------------------------------------------------------


def test_check_prints_one_object_a_pair(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("वर्षा हुई।\tIt rained.\nउसने 5 किताबें लीं।\tHe took 7 books.\n", encoding="utf-8")
    done = run("check", path)
    assert (done.code, done.err) == (0, "")
    right, wrong = rows(done.out)
    assert (right["line"], right["issues"]) == (1, [])
    assert [issue["kind"] for issue in wrong["issues"]] == ["number"]
    assert (wrong["issues"][0]["hi"], wrong["issues"][0]["en"]) == ([5, 6], [8, 9])
    assert wrong["quality"] < right["quality"]
    assert "2 pairs" in run("check", path, "--summary").out
    path.write_text("वर्षा हुई।\tIt rained.\none column\n", encoding="utf-8")
    done = run("check", path)
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "pairs.tsv:2: " in rows(done.out)[1]["error"]


def test_lacking_prints_what_the_other_article_does_not_tell(run: Run, files: Path) -> None:
    (files / "en.txt").write_text(english([event for event in EVENTS if event != "bridge"]), encoding="utf-8")
    done = run("lacking", files / "hi.txt", files / "en.txt")
    assert (done.code, done.err) == (0, "")
    (row,) = rows(done.out)
    assert row["lang"] == "hi"
    assert row["text"] == EVENTS["bridge"][1]


def test_encode_and_words(run: Run, tmp_path: Path) -> None:
    hi, en, vectors = tmp_path / "hi", tmp_path / "en", tmp_path / "vectors.npy"
    hi.write_text("वर्षा हुई।\n\nपुल बना।\n", encoding="utf-8")
    en.write_text("It rained.\n\nA bridge was built.\n", encoding="utf-8")
    assert run("encode", hi, "--lang", "hi", "-o", vectors).code == 0
    norms = np.linalg.norm(np.load(vectors), axis=1)
    assert norms == pytest.approx([1, 0, 1], abs=1e-3)
    done = run("words", hi, en)
    assert (done.code, len(done.out.splitlines())) == (0, 3)
    assert all(re.fullmatch(r"(\d+-\d+( |$))*", line) for line in done.out.splitlines())
    en.write_text("It rained.\n", encoding="utf-8")
    assert_one_line(run("words", hi, en), 1, "must have as many lines as", "3; got 1")
    assert_one_line(run("encode", tmp_path / "missing", "--lang", "hi", "-o", vectors), 1, "missing")
