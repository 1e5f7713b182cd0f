"""A file's bytes, and bytes as text: UTF-8 or one clear `DataError` that names the file and the line."""

import logging
import re
import sys
from pathlib import Path
from typing import IO, Final

from tithi.addresses import opened
from tithi.errors import DataError, MissingExtraError

__all__ = ["decode", "mended", "read_bytes", "read_whole", "shown", "wide_encoding"]

_LOGGER: Final = logging.getLogger("tithi")
_MAX_BYTES: Final = 64 << 20
_FIRST_BYTES: Final = 1 << 16
_UNICODE_BOMS: Final = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)

# UTF-8 that was read as Latin-1 or Windows-1252 and saved again: every Devanagari letter begins so.
_MOJIBAKE: Final = re.compile("à¤|à¥")
_BROKEN: Final = 10


def read_bytes(path: str | Path) -> bytes:
    """Return what a file (`-`: standard input) holds.

    Raises:
        DataError: It is missing, a folder, unreadable or larger than 64 MiB (an endless device counts as that).
    """
    where = shown(path)
    try:
        if where == "<stdin>":
            data = read_whole(sys.stdin.buffer, where)
        else:
            with opened(path) as file:
                data = read_whole(file, where)
    except FileNotFoundError:
        raise DataError(f"{where}: no such file; check the path") from None
    except IsADirectoryError:
        raise DataError(f"{where}: must be a file; got a folder; give the text file itself") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise DataError(f"{where}: cannot be read; got {reason}; check the path and its permissions") from None
    return data


def read_whole(file: IO[bytes], where: str) -> bytes:
    """Return what is left of an open file.

    Raises:
        DataError: It is more than 64 MiB.
    """
    data = file.read(_FIRST_BYTES)
    if len(data) == _FIRST_BYTES:  # a buffer for the most that may come costs more than to read an article
        data += file.read(_MAX_BYTES + 1 - len(data))
    if len(data) > _MAX_BYTES:
        raise DataError(f"{where}: must be at most {_MAX_BYTES >> 20} MiB; got more; split it into articles")
    _LOGGER.info("%s: %d bytes read", where, len(data))
    return data


def decode(data: bytes, where: str) -> str:
    """Decode UTF-8, dropping one leading byte order mark; `where` names the file in errors.

    Raises:
        DataError: `data` is not UTF-8 (UTF-16 and UTF-32 are named as such) or holds a NUL; with the line and, for
            invalid bytes, the byte offset in the file.
    """
    wide = wide_encoding(data)
    if wide is not None:
        raise DataError(f"{where}:1: must be UTF-8; got {wide}; save it again as UTF-8")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"{where}:{line}: must be UTF-8; got byte 0x{data[error.start]:02X} at byte offset {error.start}"
            f" ({error.reason}); save it again as UTF-8"
        ) from None
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise DataError(f"{where}:{line}: must be text; got a NUL character; remove it, or is this no text file?")
    return text.removeprefix("\ufeff")


def mended(text: str) -> str:
    """Return a text as it was meant: Hindi that was saved in a wrong encoding (`à¤—à¤¾`) is Hindi again.

    Raises:
        MissingExtraError: There is such text, and the extra `read` is not installed.
    """
    if len(_MOJIBAKE.findall(text)) < _BROKEN:
        return text
    try:
        from ftfy import fix_encoding
    except ImportError:
        raise MissingExtraError("reading text that was saved in a wrong encoding", "read") from None
    return "\n".join(fix_encoding(line) if _MOJIBAKE.search(line) else line for line in text.split("\n"))


def wide_encoding(data: bytes) -> str | None:
    """Name UTF-16 or UTF-32 by its byte order mark, or by NULs that vanish when the bytes are read as such text."""
    for mark, name in _UNICODE_BOMS:
        if data.startswith(mark):
            return name
    sample = data[:4096]
    if b"\x00" not in sample:
        return None
    for codec in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        text = sample[: len(sample) // 4 * 4].decode(codec, errors="replace")
        likely = sum(" " <= char <= "~" or char in "\t\r\n" or "\u0900" <= char <= "\u097f" for char in text)
        if text and likely > 0.9 * len(text):
            return codec[:6].upper()
    return None


def shown(path: str | Path) -> str:
    """Return how messages name `path`, on one line."""
    text = "<stdin>" if str(path) == "-" else str(path)
    return text if text.isprintable() else "".join(char if char.isprintable() else "\ufffd" for char in text)
