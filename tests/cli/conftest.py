"""What tests of commands share: a command run in this process."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from tithi.cli.main import main

Run = Callable[..., SimpleNamespace]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process; return its exit code, its output and what it wrote on standard error."""

    def call(*arguments: object) -> SimpleNamespace:
        capsys.readouterr()
        try:
            code: object = main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = end.code
        captured = capsys.readouterr()
        return SimpleNamespace(code=code, out=captured.out, err=captured.err)

    return call
