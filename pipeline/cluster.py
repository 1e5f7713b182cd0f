"""The same work on a Ray cluster: shards as tasks, retried when a worker or a node is lost.

Inputs and the output must lie where every node sees them under the same path, on a mounted share or at addresses. A
worker keeps its encoder from one shard to the next. Ray may run a task twice: a shard's file is the same whoever writes
it, and only what the manifest names is read.
"""

import os
import platform
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, Final

from tithi.errors import DataError, MissingExtraError, TithiError
from tithi.pipeline.recipe import code_digest

__all__ = ["Cluster"]

_RETRIES: Final = 5


class Cluster(Executor):
    """Runs functions on a cluster; `jobs` is how many CPUs it has.

    Args:
        address: The cluster, `auto` for the one of this machine's session; None starts one on this machine.
        folder: Where the workers begin, so that relative paths lead to the same files; None: wherever they are.

    Raises:
        MissingExtraError: Ray is not installed.
        DataError: The cluster cannot be reached.
    """

    def __init__(self, address: str | None = None, folder: str | None = None) -> None:
        try:
            import ray
        except ModuleNotFoundError:
            raise MissingExtraError("--engine ray", "ray") from None
        self._folder = folder
        self._ours = not ray.is_initialized()
        if self._ours:
            options: dict[str, Any] = {} if address else {"include_dashboard": False}
            try:
                ray.init(address, log_to_driver=False, logging_level="ERROR", **options)
            except (ConnectionError, RuntimeError, ValueError, OSError) as error:
                said = " ".join(str(error).split())[:200]
                raise DataError(f"{address or 'ray'}: must be a Ray cluster; got {said}; check --ray-address") from None
        self.jobs = max(1, int(ray.cluster_resources().get("CPU", 1)))
        self._run = ray.remote(max_retries=_RETRIES)(_run)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Let a worker run a function."""
        ours: Future[Any] = Future()
        reference = self._run.remote(self._folder, code_digest(), fn, args, kwargs)
        reference.future().add_done_callback(lambda theirs: _pass_on(theirs, ours))
        return ours

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """Leave the cluster, or end it when it was started here; what still waits there is given up."""
        import ray

        if self._ours:
            ray.shutdown()


def _run(folder: str | None, code: bytes, fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Return what a function returns, or the error of tithi's that it raises, in the folder of the one who asked."""
    if code_digest() != code:
        return DataError(f"{platform.node()}: every node must have the same tithi; got another; install this one")
    try:
        if folder is not None:
            os.chdir(folder)
    except OSError as error:
        return DataError(f"{folder}: every node must see the inputs; got {error.strerror} on {platform.node()}")
    try:
        return fn(*args, **kwargs)
    except TithiError as error:
        return error


def _pass_on(theirs: "Future[Any]", ours: "Future[Any]") -> None:
    try:
        result = theirs.result()
    except Exception as error:
        said = " ".join(str(error).split())[:200]
        ours.set_exception(
            DataError(f"ray: a shard must be made by some worker; got {type(error).__name__} {said}; build again")
        )
    else:
        if isinstance(result, TithiError):
            ours.set_exception(result)
        else:
            ours.set_result(result)
