"""The whole way on a Ray cluster: a job that pairs two heaps of pages and builds a filtered corpus of them.

    python -m pip install '/share/tithi[read,match,ray]'      # on every node, from the same checkout
    python -m pip install 'ray[default]'                      # on the head, which takes the job
    ray job submit --address http://HEAD:8265 -- python /share/cluster.py /share/hi /share/en /share/corpus

`/share` is a mounted share (NFS, EFS, Filestore) that every node sees under the same path; instead of each of the three
an address will do (`s3://news/corpus`, with `pip install s3fs` on every node). The head node reads and matches the
pages, the workers align and check them, and the head writes the dataset. A worker or a node that is lost costs the
shards it had in hand; after the loss of the head the same job, submitted again, goes on from what is finished: pages
that were read are not read again, heaps that were matched not matched.
"""

import argparse
import os
from pathlib import Path

from tithi.addresses import is_address
from tithi.errors import TithiError
from tithi.pipeline.build import Settings
from tithi.pipeline.heaps import build_heaps


def main() -> None:
    """Build on the cluster that runs this job; outside a job, on one that is started on this machine."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, metavar in (("hi", "PAGES_HI"), ("en", "PAGES_EN"), ("out", "OUT")):
        parser.add_argument(name, metavar=metavar)
    args = parser.parse_args()
    hi, en, out = (place if is_address(place) else Path(place).resolve() for place in (args.hi, args.en, args.out))
    if isinstance(out, Path):
        out.parent.mkdir(parents=True, exist_ok=True)
        os.chdir(out.parent)  # where the workers begin too
    # `jobs`: the head reads pages on all its cores; the workers are as many as the cluster has.
    jobs, address = os.cpu_count() or 1, os.environ.get("RAY_ADDRESS")
    settings = Settings(filter="standard", engine="ray", ray_address=address, jobs=jobs)
    try:
        built = build_heaps(hi, en, out, settings)
    except TithiError as error:
        raise SystemExit(str(error)) from None
    rows = {config: sum(splits.values()) for config, splits in built.rows.items()}
    print(f"{out}: version {built.version}, {rows['articles']} article pairs, {rows['sentences']} sentence pairs")


if __name__ == "__main__":
    main()
