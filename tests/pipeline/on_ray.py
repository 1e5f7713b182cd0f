"""Builds the sample on a Ray cluster of two nodes, a worker of which is killed at its work: `python on_ray.py FOLDER`.

Then from addresses in an object store to addresses: the same pairs, in a build that is stopped and goes on, and heaps.
Prints a JSON object: the workers that were killed, the pairs that were used again, and the digests of the datasets.
"""

import json
import os
import secrets
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import fsspec

from tithi.corpus.folder import file_digests
from tithi.pipeline.build import Settings, build
from tithi.pipeline.heaps import build_heaps
from tithi.sample import manifest
from tithi.sources.manifest import read_manifest

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


def object_store() -> str:
    """Start one in this process, known to all that begin after it, and return an address in it."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    os.environ |= dict.fromkeys(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), "testing")
    os.environ |= {"AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_DEFAULT_REGION": "us-east-1"}
    fsspec.filesystem("s3").mkdir("news")
    return "s3://news"


def stopped_and_built(root: str, out: str, settings: Settings) -> int:
    """Build from the sample at an address to another one, in two goes, and return how many pairs were used again."""
    fs, path = fsspec.core.url_to_fs(root)
    fs.put(f"{Path(manifest()).parent}/", f"{path}/in/", recursive=True)
    entries = list(read_manifest(f"{root}/in/{Path(manifest()).name}"))

    def stopping(results: Iterable[Any]) -> Iterator[Any]:
        yield from islice(results, 3)
        raise RuntimeError("power cut")

    with suppress(RuntimeError):
        build(entries, out, replace(settings, progress=stopping))
    return build(entries, out, settings).reused


def digests(address: str, here: Path) -> dict[str, str]:
    """Return the digests of a dataset at an address."""
    fs, path = fsspec.core.url_to_fs(address)
    fs.invalidate_cache()
    fs.get(f"{path}/", f"{here}/", recursive=True)
    return file_digests(here)


def main() -> None:
    """Build, and kill one worker when the first shards are finished."""
    from ray.cluster_utils import Cluster

    store = object_store()
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
        plain = replace(settings, progress=iter)
        reused = stopped_and_built(store, f"{store}/far/out", plain)
        build_heaps(f"{store}/in/pages/hi", f"{store}/in/pages/en", f"file://{folder}/heaps/out", plain)
    finally:
        cluster.shutdown()
    far = digests(f"{store}/far/out", folder / "far/out")
    told = {"killed": killed, "files": file_digests(folder / "ray/out"), "reused": reused, "far": far}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
