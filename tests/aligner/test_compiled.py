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
