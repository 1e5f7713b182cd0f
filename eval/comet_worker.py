"""Runs COMET in an environment of its own: `PYTHON comet_worker.py`, JSON lines in, JSON lines out.

The first line in is `{"model": name, "gpus": n}`, each further one `{"src", "mt", "ref"}`. The first line out is
`{"comet": version}`, then comes `{"score": x}` for each triple, in order. Whatever else the libraries print goes to
standard error. This file is run by its path and imports nothing of tithi: that environment has no tithi.
"""

import json
import os
import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

__all__ = ["main"]


def main() -> int:
    """Score what comes on standard input; exit with 3 when there is no COMET here."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # progress bars and greetings must not mix with the scores
    del sys.path[0]  # the folder of this file, whose modules would hide comet and others
    try:
        comet = import_module("comet")
        load, fetch = comet.load_from_checkpoint, comet.download_model
    except (ImportError, AttributeError) as error:
        print(error, file=sys.stderr)
        return 3
    head, *triples = (json.loads(line) for line in sys.stdin.buffer)
    name = head["model"]
    model = load(name if Path(name).is_file() else fetch(name))
    told = model.predict(triples, batch_size=8, gpus=head["gpus"], progress_bar=False)
    try:
        release = version("unbabel-comet")
    except PackageNotFoundError:
        release = "unknown"
    print(json.dumps({"comet": release}), file=out)
    for score in told["scores"]:
        print(json.dumps({"score": float(score)}), file=out)
    out.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
