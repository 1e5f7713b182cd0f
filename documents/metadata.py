"""What a web page says of itself: title, day of publication, publisher, address, language, and traces of its twin.

JSON-LD comes first, then the `meta` elements, then what stands on the page. Nothing is guessed: a page that tells no
date has none.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from tithi.records import Traces

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Metadata", "page_metadata", "traces"]

_MAX_JSON: Final = 1 << 20
_MAX_NODES: Final = 500
_MAX_TRACES: Final = 40
_ARTICLE: Final = re.compile(r"(?:^|/)(?:\w*Article|\w*Posting|Report|Review|VideoObject|WebPage|CreativeWork)$")
_DAY: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.]?(0[1-9]|1[0-2])[-/.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_ADDRESS_DAY: Final = re.compile(r"/((?:19|20)\d\d)[-/](0?[1-9]|1[0-2])[-/](0?[1-9]|[12]\d|3[01])(?=[/-])")
_WORDS: Final = re.compile(r"\w[\w\u0900-\u0963]*")
_SPACE: Final = re.compile(r"\s+")
_PUBLISHED: Final = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "publish-date",
    "publish_date", "publishdate", "published_date", "pubdate", "publication_date", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.created", "dcterms.issued", "cxenseparse:recs:publishtime",
    "article.published", "date", "dc.date", "dcterms.date", "created-date", "article:created", "article_date_original",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself; None where it says nothing.

    `title` is the headline, `name` what the page is called without the site's name, `published` an ISO date, `body` the
    text of the article in JSON-LD.
    """

    title: str | None = None
    name: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    lang: str | None = None
    body: str | None = None


def page_metadata(tree: "HtmlElement", url: str | None = None) -> Metadata:
    """Read what the page `tree`, fetched from `url`, says of itself."""
    nodes = [node for node in _linked_data(tree) if _is_article(node)]
    # A page names itself among others; the node that knows a headline and a date is the article.
    nodes.sort(key=lambda node: ("datePublished" in node) + ("headline" in node), reverse=True)
    meta = _meta(tree)
    address = _address(tree, meta, url)
    whole = _clean(" ".join(element.text_content() for element in tree.xpath("//head/title")[:1]))
    return Metadata(
        title=_title(tree, meta, nodes, whole),
        name=_without_site(whole) if whole else None,
        published=_published(tree, meta, nodes, address),
        publisher=_publisher(nodes) or meta.get("og:site_name") or meta.get("publisher"),
        url=address,
        lang=_lang(tree, meta, nodes),
        body=next((body for node in nodes if (body := _string(node.get("articleBody")))), None),
    )


def traces(tree: "HtmlElement", body: "HtmlElement", metadata: Metadata) -> Traces:
    """Return the addresses that tie the page to its counterpart: other languages' versions, images, outgoing links."""
    base = metadata.url or ""
    versions = tree.xpath("//link[@hreflang and @href] | //a[@hreflang and @href]")
    meta = _meta(tree)
    images = [meta.get("og:image"), meta.get("twitter:image"), *(image.get("src") for image in body.iter("img"))]
    anchors = [anchor.get("href") for anchor in body.iter("a")]
    host = _host(base)
    absolute = [_join(base, link) for link in anchors if link and not link.startswith(("#", "javascript:", "mailto:"))]
    return Traces(
        alternates=_some(_join(base, version.get("href")) for version in versions),
        images=_some(_join(base, image) for image in images if image and not image.startswith("data:")),
        links=_some(link for link in absolute if _host(link) not in ("", host)),
    )


def _some(addresses: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address for address in addresses if address))[:_MAX_TRACES]


def _join(base: str, link: str) -> str:
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return ""


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _linked_data(tree: "HtmlElement") -> Iterator[dict[str, object]]:
    """Yield the objects of the page's JSON-LD, whatever they lie in."""
    for script in tree.xpath('//script[@type="application/ld+json"]'):
        text = (script.text or "").strip().removesuffix(";")
        if not 0 < len(text) <= _MAX_JSON:
            continue
        try:
            waiting = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(_MAX_NODES):
            if not waiting:
                break
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting += value[:_MAX_NODES]
            elif isinstance(value, dict):
                yield value
                waiting += [value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in value]


def _is_article(node: dict[str, object]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _meta(tree: "HtmlElement") -> dict[str, str]:
    """Return the page's `meta` elements by lower-case name, the first of each."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = _clean(element.get("content"))
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _title(tree: "HtmlElement", meta: dict[str, str], nodes: list[dict[str, object]], whole: str | None) -> str | None:
    """Return the headline: that on the page where it is the one the page is called by, else what the page is called."""
    headline = next((text for node in nodes if (text := _string(node.get("headline")))), None)
    called = [name for name in (headline, meta.get("og:title"), meta.get("twitter:title"), whole) if name]
    marked = [element for name in ("h1", "h2", "h3") for element in list(tree.iter(name))[:9]]
    headings = [text for element in marked if (text := _said(element))]
    for heading in headings:
        if any(_alike(heading, name) for name in called):
            return heading
    if headline or meta.get("og:title"):
        return headline or meta["og:title"]
    first = [text for element in tree.iter("h1") if (text := _said(element))]
    if len(first) == 1 and len(_words(first[0])) > 2:
        return first[0]
    return None


def _said(element: "HtmlElement") -> str | None:
    return _clean(element.text_content())


def _alike(heading: str, name: str) -> bool:
    """Whether the headline on the page is one of the page's names: most of its words are in it."""
    words = _words(heading)
    return len(words) > 0 and len(words & _words(name)) >= 0.6 * len(words) and len(words) * 3 >= len(_words(name))


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORDS.findall(text)}


def _without_site(name: str) -> str:
    """Return a page's name without the site's: what stands before ` | ` or the last ` - `, where that is most of it."""
    for mark in (" | ", " – ", " — ", " - ", " :: "):
        head, found, _ = name.partition(mark) if mark == " | " else name.rpartition(mark)
        if found and len(head) >= 0.4 * len(name):
            return head.strip()
    return name


def _published(
    tree: "HtmlElement", meta: dict[str, str], nodes: list[dict[str, object]], address: str | None
) -> str | None:
    """Return the day a page says it was published on."""
    told: list[str | None] = [_string(node.get("datePublished")) for node in nodes]
    told += [meta.get(name) for name in _PUBLISHED]
    marked = tree.xpath('//*[@itemprop="datePublished"] | //time[@pubdate or @datetime]')[:20]
    told += [element.get("content") or element.get("datetime") or element.text_content() for element in marked]
    told += [_string(node.get("dateCreated")) or _string(node.get("uploadDate")) for node in nodes]
    for text in told:
        if text and (day := _day(_DAY.search(text[:100]))):
            return day
    return _day(_ADDRESS_DAY.search(address)) if address else None


def _day(match: re.Match[str] | None) -> str | None:
    try:
        return date(*map(int, match.groups())).isoformat() if match else None
    except ValueError:
        return None


def _publisher(nodes: list[dict[str, object]]) -> str | None:
    for node in nodes:
        publisher = node.get("publisher")
        publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
        name = _string(publisher.get("name")) if isinstance(publisher, dict) else _string(publisher)
        if name and not name.startswith("http"):
            return name
    return None


def _address(tree: "HtmlElement", meta: dict[str, str], url: str | None) -> str | None:
    links = tree.xpath('//link[@rel="canonical"]/@href')
    base = url or meta.get("og:url") or ""
    for link in (*links[:1], meta.get("og:url"), url):
        address = _join(base, link) if link else ""
        if address.startswith(("http://", "https://")):
            return address
    return None


def _lang(tree: "HtmlElement", meta: dict[str, str], nodes: list[dict[str, object]]) -> str | None:
    root = tree.getroottree().getroot()
    told = (root.get("lang"), *(_string(node.get("inLanguage")) for node in nodes), meta.get("og:locale"))
    return next((re.split("[-_]", lang)[0].lower() for lang in told if lang), None)


def _string(value: object) -> str | None:
    value = value[0] if isinstance(value, list) and value else value
    return _clean(value) if isinstance(value, str) else None


def _clean(text: str | None) -> str | None:
    """Return the text with its entities read and its blanks as one, None when nothing is left."""
    return _SPACE.sub(" ", unescape(text)).strip() or None if text else None
