"""Files of lines: packed or plain, and every other kind of document told by what it is."""

import bz2
import gzip
import io
import lzma
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tithi.errors import DataError
from tithi.eval.items import read_system
from tithi.sources.article import read_lines
from tithi.sources.excluded import read_excluded
from tithi.sources.lines import whole_lines

TEXT = "वर्षा हुई।\r\n\nहवा चली।\n".encode()
CUE = "1\n00:00:01,000 --> 00:00:02,500\nवर्षा हुई।\n"


def archive(name: str, text: str = "") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr(name, text)
    return data.getvalue()


DOCX, ODT = archive("word/document.xml"), archive("mimetype", "application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", TEXT),
        ("a.hi", TEXT),
        ("a.tsv", TEXT),
        ("a.json", TEXT),
        ("a.srt", TEXT),
        ("a", b"\xef\xbb\xbf" + TEXT),
        ("a.gz", gzip.compress(TEXT)),
        ("a.hi.bz2", bz2.compress(TEXT)),
        ("a.txt.xz", lzma.compress(TEXT)),
    ],
)
def test_lines_are_read_packed_and_plain(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    lines = ["वर्षा हुई।", "", "हवा चली।"]
    assert whole_lines(tmp_path / name) == lines
    assert read_lines(tmp_path / name, "hi") == lines
    assert read_system(tmp_path / name, 3).lines == tuple(lines)
    assert len(read_excluded([tmp_path / name])) == 2


@pytest.mark.parametrize("read", [whole_lines, lambda path: read_lines(path, "hi"), lambda path: read_system(path, 3)])
@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", DOCX, "a Word document"),
        ("a.txt", DOCX, "a Word document"),
        ("a.odt", ODT, "an OpenDocument text"),
        ("a.zip", archive("a.txt", "वर्षा हुई।"), "a zip archive"),
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3\n", "a PDF document"),
        ("a.rtf", b"{\\rtf1\\ansi It rained.\\par}", "an RTF document"),
        ("a.txt", b"{\\rtf1\\ansi It rained.\\par}", "an RTF document"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(90), "an old Office document"),
        ("a.srt", CUE.encode(), "subtitles"),
        ("a.txt", CUE.encode("utf-8-sig"), "subtitles"),
        ("a.txt", CUE.replace("\n", "\r\n").encode(), "subtitles"),
        ("a.vtt", b"WEBVTT\n\n" + CUE.encode(), "subtitles"),
        ("a.xml", "<?xml version='1.0'?><p>वर्षा हुई।</p>".encode(), "an XML file"),
        ("a.tmx", "<?xml version='1.0'?><tmx><seg>वर्षा हुई।</seg></tmx>".encode(), "an XML file"),
        ("a.html", "<!DOCTYPE html><p>वर्षा हुई।</p>".encode(), "an HTML page"),
        ("a.parquet", b"PAR1" + bytes(90), "a Parquet file"),
        ("a.warc", b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", "a crawl"),
        ("a.txt", gzip.compress(TEXT), "a gzip archive"),
        ("a.txt", b"\x28\xb5\x2f\xfd" + bytes(90), "a zstd archive"),
        ("a.db", b"SQLite format 3\x00" + bytes(90), "an SQLite database"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(90), "a picture"),
        ("a.gz", TEXT, "cannot be read"),
        ("a.gz", gzip.compress(TEXT)[:-9], "cannot be read"),
        ("a.xz", lzma.compress(TEXT)[:-9], "cannot be read"),
        ("a.txt", "वर्षा हुई।".encode("utf-16"), "UTF-16"),
        ("a.txt", b"caf\xe9", "0xE9"),
        ("a.txt", b"one\x00two\n", "a NUL"),
    ],
)
def test_what_is_no_file_of_lines_is_told(
    tmp_path: Path, read: Callable[[Path], object], name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DataError) as caught:
        read(tmp_path / name)
    told = str(caught.value)
    assert told.startswith(f"{tmp_path / name}:")
    assert said in told
    assert told.count(";") >= 2
    assert "\n" not in told
