"""A long piece of work tells that it goes on; a short one tells a log alone."""

import logging
from pathlib import Path
from threading import Event

import pytest

from tithi.cli.main import main
from tithi.pipeline.stage import stage
from tithi.sample import pages


class Hearing(logging.Handler):
    """Notes what is told, and says when something is told to people."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[int, str]] = []
        self.heard = Event()

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append((record.levelno, record.getMessage()))
        if record.levelno == 25 and sum(level == 25 for level, _ in self.lines) == 2:
            self.heard.set()


@pytest.fixture
def hearing() -> Hearing:
    return Hearing()


def test_what_takes_long_is_told_again_and_again(hearing: Hearing) -> None:
    logger = logging.getLogger("tithi")
    level = logger.level
    logger.addHandler(hearing)
    logger.setLevel(logging.INFO)
    try:
        with stage("matching", every=0.001, first=0.001):
            assert hearing.heard.wait(60)
        with pytest.raises(ZeroDivisionError), stage("choosing"):
            raise ZeroDivisionError
    finally:
        logger.removeHandler(hearing)
        logger.setLevel(level)
    told = [text.split(":")[0] for _, text in hearing.lines]
    assert (told[0], told[1], told[-1]) == ("matching", "matching", "choosing")
    assert hearing.lines[1][1].endswith(" s so far")
    assert any("matching: done in " in text for _, text in hearing.lines)


def test_a_build_of_heaps_logs_its_stages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "log"
    command = ["build", str(pages("hi")), str(pages("en")), "-o", str(tmp_path / "out"), "--log", str(log)]
    assert main(command) == 0
    told = log.read_text(encoding="utf-8")
    for line in ("matching 20 Hindi and 20 English articles", "choosing the splits of 15 articles"):
        assert f" INFO {line}\n" in told
        assert f" INFO {line}: done in " in told
    assert "so far" not in capsys.readouterr().err
