"""What is compiled is compiled once: the next process finds every kernel on disk and leaves nothing there."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

RUN = """
import json, sys
from tithi.aligner import align
from tithi.checks.checker import check_pair
hi = "2019\\nराम घर गया। उसने 3 किताबें पढ़ीं। वह सो गया।\\n2020\\nवर्षा हुई। नदी में बाढ़ आई।\\n"
en = "2020\\nIt rained. The river was in flood.\\n2019\\nRam went home. He read 3 books. He slept.\\n"
align(hi, en)
align(hi * 9, en * 9)
check_pair("राम घर गया।", "Ram went home.")
kernels = {
    f"{name}.{kernel.__name__}": (len(kernel.signatures), sum(kernel.stats.cache_misses.values()))
    for name, module in sys.modules.items() if name.startswith("tithi.")
    for kernel in vars(module).values() if hasattr(kernel, "signatures") and kernel.__module__ == name
}
print(json.dumps(kernels))
"""


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[dict[str, tuple[int, int]], set[str]]]:
    """Return of two processes, one after the other, the kernels with their forms and misses, and the files left."""
    folder = tmp_path_factory.mktemp("compiled")
    told = []
    for _ in range(2):
        command = [sys.executable, "-c", RUN]
        made = subprocess.run(
            command,
            env=os.environ | {"NUMBA_CACHE_DIR": str(folder)},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        told.append((json.loads(made.stdout), {path.name for path in Path(folder).rglob("*.nb?")}))
    return told


def test_the_second_process_compiles_nothing(runs: list[tuple[dict[str, tuple[int, int]], set[str]]]) -> None:
    (first, files), (second, files_then) = runs
    assert sum(misses for _, misses in first.values()) >= 8
    assert {name: misses for name, (_, misses) in second.items() if misses} == {}
    assert files_then == files


def test_each_kernel_has_one_form(runs: list[tuple[dict[str, tuple[int, int]], set[str]]]) -> None:
    assert {name: forms for name, (forms, _) in runs[0][0].items() if forms > 1} == {}


def test_a_kernel_is_made_anew_when_one_that_it_calls_has_changed(tmp_path: Path) -> None:
    """numba alone looks at the module of the caller, and would go on with what it compiled before an update."""
    callee, caller = tmp_path / "callee.py", tmp_path / "caller.py"
    caller.write_text(
        "from callee import part\nfrom tithi.compiling import kept\n\n"
        "@kept()\ndef whole(x):\n    return part(x) + 1\n\n"
        "print(whole(1), sum(whole.stats.cache_hits.values()))\n",
        encoding="utf-8",
    )
    told = []
    for factor in (2, 2, 3):
        callee.write_text(f"import numba\n\n@numba.njit\ndef part(x):\n    return {factor} * x\n", encoding="utf-8")
        ran = subprocess.run(
            [sys.executable, "-B", str(caller)],  # Python's own cache misses a change of one size within a second
            env=os.environ | {"NUMBA_CACHE_DIR": str(tmp_path / "kept")},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        told.append(ran.stdout.split())
    assert told == [["3", "0"], ["3", "1"], ["4", "0"]]
