"""Web crawls in: the responses of a WARC file, one at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from tithi.errors import DataError, MissingExtraError
from tithi.records import Reject

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

__all__ = ["Response", "read_crawl"]

_MAX_BYTES: Final = 16 << 20


@dataclass(frozen=True, slots=True)
class Response:
    """What a server sent: where the record lies, the address, the media type and charset it named, and the content."""

    where: str
    url: str
    kind: str
    charset: str | None
    data: bytes


def read_crawl(stream: IO[bytes], where: str) -> Iterator[Response | Reject]:
    """Yield the responses, resources and converted texts of a WARC file; what is no page by itself as rejects.

    Raises:
        DataError: The file holds no page.
        MissingExtraError: The extra `read` is not installed.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise MissingExtraError("reading WARC", "read") from None
    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    pages = 0
    for record in ArchiveIterator(stream, record_types=WarcRecordType.any_type, parse_http=False):
        if not record.record_type & kinds:
            continue
        pages += 1
        url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
        place = f"{where}#byte={record.stream_pos}"
        if record.content_length > _MAX_BYTES:
            yield Reject(place, url, f"{place}: a page must be at most {_MAX_BYTES >> 20} MiB; got more; leave it out")
            continue
        try:
            yield _response(record, place, url)
        except DataError as error:
            yield Reject(place, url, str(error))
    if not pages:
        raise DataError(f"{where}: a WARC file must hold pages; got no response; is it damaged?")


def _response(record: "WarcRecord", place: str, url: str) -> Response:
    """Read a record's content, its HTTP packing undone.

    Raises:
        DataError: The server did not answer 200, or the content is damaged or expands beyond the limit.
    """
    kind = record.headers.get("Content-Type") or ""
    charset = None
    try:
        if record.is_http:
            record.parse_http(auto_decode="all")
            status = record.http_headers.status_code if record.http_headers else None
            if status not in (None, 200):
                raise DataError(f"{place}: must be a page; got the server's answer {status}; leave it out")
            kind, charset = record.http_content_type or "", record.http_charset
        data = record.reader.read(_MAX_BYTES + 1)
    except (OSError, ValueError, EOFError) as error:
        raise DataError(f"{place}: must be a whole record; got {' '.join(str(error).split())[:80]}") from None
    if len(data) > _MAX_BYTES:
        raise DataError(f"{place}: a page must be at most {_MAX_BYTES >> 20} MiB; got more; leave it out")
    return Response(place, url, kind.lower(), charset, data)
