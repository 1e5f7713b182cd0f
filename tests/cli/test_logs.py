"""What commands tell of their work: `-v`, `--quiet`, `--log`, and how far they are."""

import io
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.village import english, hindi
from tithi.cli.arguments import progress_bar
from tithi.cli.logs import SUMMARY, logged
from tithi.cli.main import main, parser
from tithi.compiling import listen

LOGGER = logging.getLogger("tithi")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def pair(tmp_path: Path) -> list[str]:
    """Return the paths of the village in both languages."""
    paths = [tmp_path / "hi.txt", tmp_path / "en.txt"]
    for path, text in zip(paths, (hindi(), english()), strict=True):
        path.write_text(text, encoding="utf-8")
    return [str(path) for path in paths]


def command_names() -> list[str]:
    action = next(action for action in parser()._actions if action.dest == "command")
    assert isinstance(action.choices, dict)
    return list(action.choices)


@pytest.mark.parametrize("name", command_names())
def test_every_command_has_the_options(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([name, "--help"])
    assert end.value.code == 0
    told = capsys.readouterr().out
    assert all(option in told for option in ("-v, --verbose", "--quiet", "--log FILE"))


@pytest.mark.parametrize(
    ("before", "after", "tells"),
    [
        (["-v"], [], True),
        ([], ["-v"], True),
        ([], ["--verbose"], True),
        (["--quiet"], ["-v"], True),
        (["-v"], ["--quiet"], False),
        ([], [], False),
        ([], ["--quiet"], False),
    ],
)
def test_what_is_read_is_told_when_asked(
    pair: list[str], capsys: pytest.CaptureFixture[str], before: list[str], after: list[str], tells: bool
) -> None:
    assert main(["dates", pair[0], "--lang", "hi"]) == 0
    expected = capsys.readouterr().out
    assert main([*before, "dates", pair[0], "--lang", "hi", *after]) == 0
    done = capsys.readouterr()
    assert done.out == expected
    assert (f"tithi: {pair[0]}: " in done.err and "bytes read" in done.err) == tells
    assert bool(done.err) == tells


@pytest.mark.usefixtures("pair")
def test_a_build_tells_what_it_reads_rejects_and_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = '{"id": "one", "hi": "hi.txt", "en": "en.txt"}\n{"id": "two", "hi": "hi.txt", "en": "no.txt"}\n'
    (tmp_path / "pairs.jsonl").write_text(listed, encoding="utf-8")
    main(["build", "--manifest", str(tmp_path / "pairs.jsonl"), "-o", str(tmp_path / "out"), "-v"])
    told = capsys.readouterr().err
    for part in ("pairs.jsonl: opened", "hi.txt: ", "rejected: ", "out: written"):
        assert part in told
    assert all(line.startswith("tithi: ") for line in told.splitlines())


def test_a_loaded_model_is_told_with_its_seconds(caplog: pytest.LogCaptureFixture) -> None:
    from tithi.encoder.model import read_model, shipped_model

    caplog.set_level(logging.INFO, "tithi")
    model = read_model(shipped_model())
    assert re.search(rf"encoder {re.escape(model.name)} loaded in \d+\.\d\d s$", caplog.messages[-1])


@pytest.mark.parametrize("options", [[], ["--quiet"], ["-v"]])
def test_a_log_holds_everything_and_errors_too(
    tmp_path: Path, pair: list[str], capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    log = tmp_path / "क log.txt"
    assert main(["dates", pair[0], "--lang", "hi", "--log", str(log), *options]) == 0
    assert bool(capsys.readouterr().err) == (options == ["-v"])
    assert main(["--log", str(log), "dates", "nowhere.txt", "--lang", "hi", *options]) == 1
    assert "tithi: nowhere.txt: no such file; check the path\n" in capsys.readouterr().err
    lines = log.read_text(encoding="utf-8").splitlines()
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} (INFO|ERROR) ", line) for line in lines)
    assert sum("bytes read" in line for line in lines) == 1
    assert lines[-1].endswith("ERROR nowhere.txt: no such file; check the path")
    assert not LOGGER.handlers
    assert (LOGGER.level, LOGGER.propagate) == (logging.NOTSET, True)


@pytest.mark.parametrize("path", ["", "missing/log", "a\x00b"])
def test_a_log_that_cannot_be_written_is_told(
    tmp_path: Path, pair: list[str], capsys: pytest.CaptureFixture[str], path: str
) -> None:
    assert main(["dates", pair[0], "--lang", "hi", "--log", str(tmp_path) if not path else str(tmp_path / path)]) == 1
    done = capsys.readouterr()
    assert done.out == ""
    assert done.err.count("\n") == 1
    assert "the log must be a file" in done.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_log_on_a_full_disk_ends_and_the_command_goes_on(pair: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dates", pair[0], "--lang", "hi", "--log", "/dev/full"]) == 0
    done = capsys.readouterr()
    assert done.out
    assert done.err.count("\n") == 1
    assert "the log cannot be written" in done.err


def test_the_library_has_no_handlers_and_stays_silent() -> None:
    assert not LOGGER.handlers


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
@pytest.mark.parametrize("columns", [0, 90])
def test_a_terminal_without_columns_shows_a_bar_all_the_same(columns: int) -> None:
    """Some containers and recorders say 0."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 0, columns, 0, 0))
    code = (
        "import time; from tithi.cli.arguments import progress_bar as p\nfor _ in p('pairs')(range(3)): time.sleep(1.1)"
    )
    with os.fdopen(theirs, "wb") as terminal:
        subprocess.run([sys.executable, "-c", code], stderr=terminal, check=True)
    told = os.read(ours, 10_000).decode("utf-8")
    os.close(ours)
    assert "3/3" in told


@pytest.mark.parametrize("stream", [Terminal, io.StringIO])
@pytest.mark.parametrize(
    ("level", "told"),
    [
        (None, r"tithi: compiling once .*\n"),
        (logging.INFO, r"tithi: compiling once .*\n(tithi: <lambda> compiled in \d+\.\d s\n){2}"),
        (logging.ERROR, ""),
    ],
)
def test_compiling_is_told_once(
    monkeypatch: pytest.MonkeyPatch, stream: type[io.StringIO], level: int | None, told: str
) -> None:
    import numba

    heard = stream()
    monkeypatch.setattr(sys, "stderr", heard)
    monkeypatch.setattr(listen(), "told", False)
    monkeypatch.setattr(listen(), "level", SUMMARY)
    one, two = numba.njit(lambda x: x + 1), numba.njit(lambda x: x + 2)
    with logged(level, None):
        assert one(1) + two(1) == 5
        assert one(2) == 3
    assert re.fullmatch(told, heard.getvalue())


def test_a_thread_may_begin_while_another_loads_the_compiler() -> None:
    code = (
        "import sys, threading\n"
        "from tithi.compiling import listen\n"
        "other = threading.Thread(target=__import__, args=('numba',))\n"
        "other.start()\n"
        "while 'numba.core' not in sys.modules: pass\n"
        "listen()\n"
        "other.join()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_program_hears_of_compiling_as_its_logging_is_set_up() -> None:
    code = "import logging, sys, tithi, numba\nlogging.basicConfig(level=sys.argv[1])\n"
    code += "tithi.load_encoder()\nnumba.njit(lambda x: x)(1)\n"
    told = [
        subprocess.run([sys.executable, "-c", code, level], capture_output=True, text=True, check=True).stderr
        for level in ("WARNING", "INFO")
    ]
    assert told[0] == ""
    assert told[1].count("tithi:compiling once for this machine …\n") == 1


# --- progress --------------------------------------------------------------------------------------------------------


def through(seconds: list[float], total: int | None = None) -> list[int]:
    """Pass a stream whose items come at these seconds."""
    ticks = iter([0.0, *seconds])
    return list(progress_bar("pairs", total, clock=lambda: next(ticks))(number for number in range(len(seconds))))


@pytest.mark.parametrize(
    ("seconds", "total", "told"),
    [
        ([], None, []),
        ([1, 29.9], None, []),
        ([10, 20, 40, 50, 69, 70], None, ["tithi: 2 pairs, 0.05 a second", "tithi: 5 pairs, 0.0714 a second"]),
        (
            [30, 100],
            4000,
            ["tithi: 1 of 4,000 pairs, 0.01 a second, 111 h 5 min left"],
        ),
        ([1, 31], 1, ["tithi: 1 of 1 pairs, 0.0323 a second"]),
    ],
)
def test_a_line_every_thirty_seconds(
    capsys: pytest.CaptureFixture[str], seconds: list[float], total: int | None, told: list[str]
) -> None:
    assert through(seconds, total) == list(range(len(seconds)))
    done = capsys.readouterr()
    assert (done.out, done.err.splitlines()) == ("", told)


@pytest.mark.parametrize("terminal", [True, False])
def test_quiet_is_silent(monkeypatch: pytest.MonkeyPatch, terminal: bool) -> None:
    heard = Terminal() if terminal else io.StringIO()
    monkeypatch.setattr(sys, "stderr", heard)
    with logged(logging.ERROR, None):
        assert through([100, 200]) == [0, 1]
    assert heard.getvalue() == ""


def test_a_stream_that_knows_its_length_tells_what_is_left(capsys: pytest.CaptureFixture[str]) -> None:
    ticks = iter([0.0, 10, 30, 31])
    assert list(progress_bar("pairs", clock=lambda: next(ticks))([1, 2, 3])) == [1, 2, 3]
    assert capsys.readouterr().err == "tithi: 1 of 3 pairs, 0.0333 a second, 1 min 0 s left\n"


def test_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    import tqdm

    told: list[object] = []
    monkeypatch.setattr(sys, "stderr", Terminal())

    def bar(items: object, **options: object) -> object:
        told.append(options)
        return items

    monkeypatch.setattr(tqdm, "tqdm", bar)
    assert through([100, 200], 2) == [0, 1]
    assert told == [{"unit": " pairs", "total": 2, "delay": 2}]
