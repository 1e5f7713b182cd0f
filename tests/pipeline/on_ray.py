"""Builds the sample on a Ray cluster of two nodes, a worker of which is killed at its work: `python on_ray.py FOLDER`.

Prints a JSON object: the workers that were killed, and the digests of the dataset.
"""

import json
import os
import secrets
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tithi.corpus.folder import file_digests

os.environ |= {
    "RAY_AUTH_MODE": "token",
    "RAY_AUTH_TOKEN": secrets.token_hex(32),
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}


def at_work(raylets: set[int]) -> Iterator[int]:
    """Yield the workers of these nodes that run a task now."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
            title = stat.with_name("cmdline").read_bytes()
        except OSError:
            continue
        if parent in raylets and title.startswith(b"ray::_run"):
            yield int(stat.parent.name)


def main() -> None:
    """Build, and kill one worker when the first shards are finished."""
    from ray.cluster_utils import Cluster

    from tithi.pipeline.build import Settings, build
    from tithi.sample import manifest
    from tithi.sources.manifest import read_manifest

    folder = Path(sys.argv[1])
    ports = {"min_worker_port": 23000, "max_worker_port": 23999}
    cluster = Cluster(True, head_node_args={"num_cpus": 1, "include_dashboard": False, **ports})
    other = {"min_worker_port": 24000, "max_worker_port": 24999}
    nodes = [cluster.head_node, cluster.add_node(num_cpus=1, **other)]
    cluster.wait_for_nodes()
    raylets = {info.process.pid for node in nodes for info in node.all_processes["raylet"]}
    killed: list[int] = []

    def killing(results: Iterable[Any]) -> Iterator[Any]:
        for result in results:
            yield result
            for _ in range(0 if killed else 200):
                if found := list(at_work(raylets)):
                    os.kill(found[0], signal.SIGKILL)
                    killed.append(found[0])
                    break
                time.sleep(0.01)

    settings = Settings(engine="ray", ray_address=cluster.address, shard=1, progress=killing)
    try:
        build(read_manifest(manifest()), folder / "ray/out", settings)
    finally:
        cluster.shutdown()
    print(json.dumps({"killed": killed, "files": file_digests(folder / "ray/out")}))


if __name__ == "__main__":
    main()
