"""A place at an address held by one run at a time: object stores have no locks, so a file tells who is at it, and when.

The file is made where none is, which of two runs that begin at once one alone can do, and put again every half minute.
A run that was killed leaves it: another on the same machine sees that the process is gone, one elsewhere waits until it
is five minutes old. Clocks must agree within a few minutes.
"""

import contextlib
import json
import logging
import os
import secrets
import socket
import sys
import time
from threading import Event, Thread
from typing import Any, Final

from tithi.addresses import filesystem, opened, put, reached
from tithi.errors import DataError

__all__ = ["Lease"]

_LOGGER: Final = logging.getLogger("tithi")
_EVERY: Final = 30.0
_STALE: Final = 300.0


class Lease:
    """Holds `out` by the file at `place` until `release`, unless it is `lost` to another run meanwhile.

    Raises:
        DataError: Another run holds it.
        OSError: The file cannot be read or written.
    """

    def __init__(self, out: str, place: str) -> None:
        self._out = out
        self._place = place
        self._token = secrets.token_hex(8)
        self.lost = False
        self._refuse_other()
        self._remove()  # of one that died
        try:
            self._put(new=True)
        except FileExistsError:
            self._refuse_other()
        self.check()
        self._ended = Event()
        self._renewing = Thread(target=self._renew, name=f"lease of {out}", daemon=True)
        self._renewing.start()

    def check(self) -> None:
        """Make sure that it is still held.

        Raises:
            DataError: Another run has taken it.
        """
        other = self._told()
        if other is None or other["token"] != self._token:
            got = f"process {other['pid']} on {other['host']} at it too" if other else f"no {self._place}"
            raise DataError(f"{self._out}: is built by one run at a time; got {got}; stop one, and build again")

    def release(self) -> None:
        """Let another run have it."""
        self._ended.set()
        self._renewing.join(_EVERY)  # what it is just putting would stand there again after the removal
        with contextlib.suppress(OSError):
            if (other := self._told()) and other["token"] == self._token:
                self._remove()

    def _refuse_other(self) -> None:
        if (other := self._told()) is not None and _is_alive(other):
            ago = max(0, round(time.time() - other["at"]))
            raise DataError(
                f"{self._out}: is built by one run at a time; got process {other['pid']} on {other['host']} at it"
                f" {ago} s ago; wait for it, or stop it; if it died, wait {_STALE / 60:.0f} minutes or remove"
                f" {self._place}"
            )

    def _renew(self) -> None:
        while not self._ended.wait(_EVERY):
            try:
                other = self._told()
                if other is None or other["token"] != self._token:
                    self.lost = True
                    return
                self._put()
            except OSError as error:
                _LOGGER.warning("%s: cannot be written; got %s; tried again", self._place, error.strerror)

    def _remove(self) -> None:
        fs, path = filesystem(self._place)
        with contextlib.suppress(FileNotFoundError), reached():
            fs.rm_file(path)

    def _put(self, *, new: bool = False) -> None:
        told = {"host": socket.gethostname(), "pid": os.getpid(), "at": time.time(), "token": self._token}
        put(self._place, json.dumps(told).encode(), new=new)

    def _told(self) -> dict[str, Any] | None:
        """Return what the file tells, None when there is none or it tells nothing."""
        try:
            with opened(self._place) as file:
                told = json.loads(file.read())
            return {"host": str(told["host"]), "pid": int(told["pid"]), "at": float(told["at"]), "token": told["token"]}
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):
            return None


def _is_alive(told: dict[str, Any]) -> bool:
    """Return whether a run may be at it still."""
    if time.time() - told["at"] > _STALE:
        return False
    if told["host"] != socket.gethostname() or sys.platform == "win32":
        return True
    try:
        os.kill(told["pid"], 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
