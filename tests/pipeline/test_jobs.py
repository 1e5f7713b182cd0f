"""The loop over many pairs: in order, in one process or several, and one thread in each of several."""

import logging
import os
import signal
import subprocess
import sys
from dataclasses import dataclass

import pytest

from tithi.errors import DataError
from tithi.pipeline.jobs import each, give_back, one_thread
from tithi.pipeline.ready import work_once
from tithi.records import Reject

signal.signal(signal.SIGINT, signal.default_int_handler)  # which `ready` gives up for the process that it is made for


@dataclass(frozen=True)
class Number:
    """Something to work on."""

    where: str
    id: str


def threads(item: Number) -> tuple[str, str | None]:
    return item.id, os.environ.get("OMP_NUM_THREADS")


def faulty(item: Number) -> str:
    if item.id == "1":
        raise DataError("one: is bad")
    if item.id == "2":
        raise ZeroDivisionError("by zero")
    return item.id


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order_and_faults_alone(jobs: int) -> None:
    items: list[Number | Reject] = [Number(f"list:{number}", str(number)) for number in range(4)]
    first, bad, fault, last, listed = each([*items, Reject("list:9", None, "listed as bad")], faulty, jobs=jobs)
    assert (first, last, listed) == ("0", "3", Reject("list:9", None, "listed as bad"))
    assert isinstance(bad, Reject)
    assert (bad.reason, bad.fault) == ("one: is bad", False)
    assert isinstance(fault, Reject)
    assert fault.fault
    assert "ZeroDivisionError: by zero" in fault.reason


def test_a_process_of_several_has_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    assert list(each([Number("list:1", "a")], threads, jobs=2)) == [("a", "1")]
    assert list(each([Number("list:1", "a")], threads)) == [("a", "2")]


def loaded(_item: Number) -> bool:
    return "tithi.pipeline.ready" in sys.modules and "tithi.pipeline.bitext" in sys.modules


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere each process loads what it needs")
def test_what_all_processes_need_is_loaded_before_they_begin(caplog: pytest.LogCaptureFixture) -> None:
    work_once()  # where it is loaded a failure is passed over
    with caplog.at_level(logging.INFO, "tithi"):
        assert list(each([Number("list:1", "a"), Number("list:2", "b")], loaded, jobs=2)) == [True, True]
    assert caplog.messages.count("loading what all processes need") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no such group of processes")
@pytest.mark.parametrize("when", ["early", "late"])
def test_one_process_tells_of_ctrl_c(when: str) -> None:
    command = [sys.executable, "-m", "tests.pipeline.stopping", when]
    done = subprocess.run(command, capture_output=True, text=True, check=False, start_new_session=True)
    assert (done.stdout, done.stderr, done.returncode) == ("stopped\n", "", 0)


def pid(_item: Number) -> int:
    return os.getpid()


@pytest.mark.parametrize(("loaded", "said", "found"), [(False, None, "1"), (False, "3", "3"), (True, None, None)])
def test_one_thread_is_asked_of_a_numpy_that_is_still_to_come(
    *, loaded: bool, said: str | None, found: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    if said is not None:
        monkeypatch.setenv("OPENBLAS_NUM_THREADS", said)
    monkeypatch.setitem(sys.modules, "numpy", sys)
    if not loaded:
        monkeypatch.delitem(sys.modules, "numpy")
    with monkeypatch.context() as context:
        context.setattr(os, "environ", dict(os.environ))
        one_thread()
        assert os.environ.get("OPENBLAS_NUM_THREADS") == found


@pytest.mark.parametrize(("said", "found"), [(None, "system"), ("mimalloc", "mimalloc")])
def test_memory_comes_from_the_system_unless_somebody_said_otherwise(
    said: str | None, found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = {} if said is None else {"ARROW_DEFAULT_MEMORY_POOL": said}
    monkeypatch.setattr(os, "environ", environment)
    give_back()
    assert environment == {"ARROW_DEFAULT_MEMORY_POOL": found}
