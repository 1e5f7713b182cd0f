"""Web pages written for the project: fourteen layouts as news sites, blogs and offices use them, in both languages.

A page is a story in a layout, with all that stands around a story: menus, share buttons, related links, captions,
comments. `pages()` tells for each what is to be found on it: the text, the title and the day.
"""

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tithi.records import Lang
from tithi.sample import pairs

__all__ = ["LAYOUTS", "Page", "Story", "pages", "stories"]

_MONTHS: Final = {
    "hi": ["जनवरी", "फरवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर"],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_WORDS: Final = {
    "hi": {
        "site": "पहाड़ी समाचार", "menu": "होम देश विदेश खेल मनोरंजन बाज़ार शिक्षा राज्य वीडियो फोटो",
        "also": "यह भी पढ़ें", "more": "और पढ़ें", "share": "शेयर करें", "photo": "फोटो: हमारे संवाददाता",
        "by": "लेखक: आशा वर्मा", "about": "हमारे बारे में", "terms": "नियम और शर्तें", "contact": "संपर्क करें",
        "comments": "टिप्पणियाँ", "ad": "विज्ञापन", "follow": "हमारे व्हाट्सऐप चैनल से जुड़ें", "updated": "अपडेट किया गया",
        "comment": "बहुत अच्छी जानकारी दी आपने, हमारे गाँव में भी ऐसा ही होना चाहिए। सरकार को इस पर ध्यान देना चाहिए।",
        "cookie": "यह साइट कुकी का उपयोग करती है। आगे बढ़ने पर आप सहमत माने जाएँगे।", "tags": "विषय", "copy": "सर्वाधिकार सुरक्षित",
    },
    "en": {
        "site": "Hill Country News", "menu": "Home India World Sport Culture Markets Education States Video Photos",
        "also": "Also read", "more": "Read more", "share": "Share this story", "photo": "Photo: staff reporter",
        "by": "By Asha Verma", "about": "About us", "terms": "Terms and conditions", "contact": "Contact us",
        "comments": "Comments", "ad": "Advertisement", "follow": "Follow us on WhatsApp", "updated": "Updated",
        "comment": "Very good information, the same should happen in our village too. The government must look at this.",
        "cookie": "This site uses cookies. By going on you agree to their use.", "tags": "Topics", "copy": "All rights reserved",
    },
}  # fmt: skip
_TEASERS: Final = {
    "hi": ["पुल का काम फिर शुरू, दो महीने में खुलेगा रास्ता", "बारिश ने तोड़ा बीस साल का रिकॉर्ड", "नए स्कूल में दाखिले शुरू",
           "मेले में उमड़ी भीड़, व्यापारियों के चेहरे खिले", "किसानों को मिलेगा बीज, जानिए कैसे करें आवेदन"],
    "en": ["Work on the bridge starts again, road to open in two months", "Rain breaks a record of twenty years",
           "Admissions open at the new school", "Crowds pour into the fair, traders all smiles", "How farmers can apply for seed"],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Story:
    """What is told: the title, the day and the blocks (kind and text), where a kind is `p`, `h`, `li` or `cell`."""

    lang: Lang
    title: str
    day: date
    blocks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page and what is to be found on it."""

    name: str
    lang: Lang
    url: str
    html: str
    text: str
    title: str
    day: str


def stories(lang: Lang) -> Iterator[Story]:
    """Yield the sample's articles as stories: whole ones, ones with a list and a table, and short ones."""
    for number, pair in enumerate(pairs()):
        path = pair.hi if lang == "hi" else pair.en
        title, *lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        blocks = [("h" if len(line) < 40 and line[-1] not in "।.?!" else "p", line) for line in lines]
        if number % 3 == 1:
            cells = ["साल", "लागत", "2019", "दस लाख"] if lang == "hi" else ["Year", "Cost", "2019", "10 lakh"]
            items = ["बीज और खाद", "पीने का पानी"] if lang == "hi" else ["seed and manure", "drinking water"]
            blocks[4:4] = [("li", item) for item in items] + [("cell", cell) for cell in cells]
        if number % 3 == 2:
            blocks = [block for block in blocks if block[0] == "p"][: 1 + number % 4]
        yield Story(lang, title.rstrip(":"), date(2021, 3, 4) + timedelta(days=37 * number), tuple(blocks))


def pages() -> list[Page]:
    """Return every layout with three stories in each language."""
    found = []
    for lang in ("hi", "en"):
        told: list[Story] = list(stories("hi" if lang == "hi" else "en"))
        for number, (name, layout) in enumerate(LAYOUTS.items()):
            for step in range(3):
                # Each layout gets a whole story, one with a list and a table, and a short one.
                story = told[(3 * (number % 4) + step) % len(told)]
                url = f"https://news.example/{lang}/{story.day:%Y}/story-{100 + number}{step}"
                text = "\n".join(block for _, block in story.blocks)
                page = layout(_Chrome(story, url))
                found.append(Page(f"{name}-{step}", story.lang, url, page, text, story.title, story.day.isoformat()))
    return found


class _Chrome:
    """A story with what a site puts around it, in its language."""

    def __init__(self, story: Story, url: str) -> None:
        self.story = story
        self.url = url
        self.lang = story.lang
        self.say = {key: html.escape(value) for key, value in _WORDS[story.lang].items()}
        self.title = html.escape(story.title)
        self.iso = story.day.isoformat()
        month = _MONTHS[story.lang][story.day.month - 1]
        self.day = f"{story.day.day} {month} {story.day.year}"

    def menu(self, tag: str = "nav", item: str = "li", name: str = "menu-item") -> str:
        items = "".join(
            f'<{item} class="{name}"><a href="/{i}">{w}</a></{item}>' for i, w in enumerate(self.say["menu"].split())
        )
        return f"<{tag}><ul>{items}</ul></{tag}>"

    def teasers(self, wrap: str = '<div class="card">{}</div>') -> str:
        links = (f'<a href="/s/{i}"><h3>{html.escape(text)}</h3></a>' for i, text in enumerate(_TEASERS[self.lang]))
        return "".join(wrap.format(link) for link in links)

    def footer(self) -> str:
        links = "".join(f'<a href="/{i}">{self.say[key]}</a> ' for i, key in enumerate(("about", "terms", "contact")))
        return f"<div>{links}<p>© 2024 {self.say['site']}. {self.say['copy']}</p></div>"

    def body(self, p: str = "<p>{}</p>", h: str = "<h2>{}</h2>", extra: str = "") -> str:
        """Return the blocks, each in its tags, with `extra` behind the second."""
        out, kinds = [], [kind for kind, _ in self.story.blocks]
        for number, (kind, text) in enumerate(self.story.blocks):
            before = kinds[number - 1] if number else ""
            after = kinds[number + 1] if number + 1 < len(kinds) else ""
            said = html.escape(text)
            if kind == "li":
                out.append(f"{'<ul>' if before != 'li' else ''}<li>{said}</li>{'</ul>' if after != 'li' else ''}")
            elif kind == "cell":
                place = sum(k == "cell" for k in kinds[:number])
                row = ("<tr>" if place % 2 == 0 else "") + f"<td>{said}</td>" + ("</tr>" if place % 2 else "")
                out.append(f"{'<table>' if before != 'cell' else ''}{row}{'</table>' if after != 'cell' else ''}")
            else:
                out.append((h if kind == "h" else p).format(said))
            if number == 1:
                out.append(extra)
        return "\n".join(out)

    def linked(self, **more: object) -> str:
        data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": self.story.title,
                "datePublished": f"{self.iso}T09:30:00+05:30", "inLanguage": self.lang, "mainEntityOfPage": self.url,
                "publisher": {"@type": "Organization", "name": _WORDS[self.lang]["site"]}, **more}  # fmt: skip
        return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'

    def head(self, *parts: str, title: str | None = None) -> str:
        name = title or f"{self.title} | {self.say['site']}"
        return f'<!doctype html><html lang="{self.lang}"><head><meta charset="utf-8"><title>{name}</title>{"".join(parts)}</head>'


def _portal(c: _Chrome) -> str:
    also = f'<div class="also-read"><strong>{c.say["also"]}:</strong> {c.teasers("<p>{}</p>")}</div>'
    return (
        c.head(c.linked(), f'<link rel="canonical" href="{c.url}">')
        + f'<body>{c.menu("div")}<div class="container"><div class="story-section"><h1>{c.title}</h1>'
        f'<div class="byline">{c.say["by"]} | {c.day}</div><div class="social-share"><a href="#">Facebook</a> <a href="#">X</a></div>'
        f'<div class="story-details"><figure><img src="/i/{c.iso}.jpg"><figcaption>{c.say["photo"]}</figcaption></figure>'
        f'{c.body(extra=also)}</div></div><div class="rhs">{c.teasers()}</div></div><footer>{c.footer()}</footer></body></html>'
    )


def _wordpress(c: _Chrome) -> str:
    meta = f'<meta property="article:published_time" content="{c.iso}T04:00:00+00:00"><meta property="og:title" content="{c.title}">'
    return (
        c.head(meta, f'<meta property="og:site_name" content="{c.say["site"]}">', title=f"{c.title} - {c.say['site']}")
        + f'<body class="post-template single has-sidebar"><header class="site-header">{c.menu()}</header><div id="content">'
        f'<article class="post hentry"><header class="entry-header"><h1 class="entry-title">{c.title}</h1>'
        f'<div class="entry-meta"><time datetime="{c.iso}">{c.day}</time> {c.say["by"]}</div></header>'
        f'<div class="entry-content">{c.body()}<div class="sharedaddy">{c.say["share"]}</div></div>'
        f'<footer class="entry-footer">{c.say["tags"]}: <a href="/t">a</a></footer></article>'
        f'<div id="comments"><h2>{c.say["comments"]}</h2><ol><li>{c.say["comment"]}</li></ol></div></div>'
        f'<aside class="widget-area">{c.teasers("<li>{}</li>")}</aside></body></html>'
    )


def _blog(c: _Chrome) -> str:
    body = c.body(p="{}<br/><br/>", h="<b>{}</b><br/><br/>")
    return (
        c.head(title=f"{c.say['site']}: {c.title}")
        + f'<body><div class="header"><h1><a href="/">{c.say["site"]}</a></h1></div><h2 class="date-header">{c.day}</h2>'
        f'<div class="post"><h3 class="post-title">{c.title}</h3><div class="post-body">{body}</div>'
        f'<div class="post-footer">{c.say["by"]}</div></div>{c.menu("div")}{c.footer()}</body></html>'
    )


def _office(c: _Chrome) -> str:
    """A government office: one form around everything, tables for layout."""
    body = c.body(p='<p style="text-align:justify"><span>{}</span></p>', h="<p><strong>{}</strong></p>")
    return (
        c.head(title=c.say["site"])
        + f'<body><form method="post" action="./x.aspx"><input type="hidden" value="abc"><table width="100%"><tr><td>{c.menu("div")}</td></tr>'
        f'<tr><td><div class="innner-page-main-about-us-content-right-part"><div class="text-center"><h2>{c.title}</h2></div>'
        f'<div class="ReleaseDateSubHeaddateTime text-center">{c.say["updated"]}: {c.day} 5:30PM</div>{body}<p>***</p></div></td></tr>'
        f"<tr><td>{c.footer()}</td></tr></table></form></body></html>"
    )


def _hashed(c: _Chrome) -> str:
    """A page of generated class names, divs for paragraphs, the date in JSON alone."""
    body = c.body(p='<div class="x7a1"><span>{}</span></div>', h='<div class="x9"><h2>{}</h2></div>')
    return (
        c.head(c.linked())
        + f'<body><div id="__next"><div class="a1b2">{c.menu("div", "div", "q")}</div><div class="c3d4"><div class="e5"><h1>{c.title}</h1>'
        f'<div class="k2">{c.say["by"]}</div><div class="f6">{body}</div></div><div class="g7">{c.teasers()}</div></div>'
        f'<div class="h8">{c.footer()}</div></div><script>{"var a=1;" * 400}</script></body></html>'
    )


def _microdata(c: _Chrome) -> str:
    return (
        c.head(title=c.title)
        + f'<body>{c.menu()}<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{c.title}</h1>'
        f'<meta itemprop="datePublished" content="{c.iso}"><span class="author-name">{c.say["by"]}</span>'
        f'<div itemprop="articleBody">{c.body(extra="<div class=ad-slot>" + c.say["ad"] + "</div>")}</div></div>'
        f"<section><h2>{c.say['more']}</h2>{c.teasers('<div>{}</div>')}</section>{c.footer()}</body></html>"
    )


def _amp(c: _Chrome) -> str:
    return (
        c.head(c.linked(), "<style amp-boilerplate>body{opacity:1}</style>").replace("<html", "<html amp")
        + f'<body><amp-sidebar id="s">{c.menu()}</amp-sidebar><main><h1>{c.title}</h1><p class="date">{c.day}</p>'
        f'<amp-img src="/a.jpg"></amp-img><p class="caption">{c.say["photo"]}</p>{c.body()}'
        f'<div class="whatsapp-cta">{c.say["follow"]}</div></main><amp-list>{c.teasers()}</amp-list></body></html>'
    )


def _loud(c: _Chrome) -> str:
    """More around the story than in it: long comments, many teasers, a cookie banner, a calendar."""
    comments = "".join(f'<div class="comment"><b>R{i}</b><p>{c.say["comment"]}</p></div>' for i in range(12))
    days = "".join(f"<td>{i}</td>" for i in range(1, 31))
    return (
        c.head(f'<meta name="pubdate" content="{c.iso}"><meta property="og:title" content="{c.title}">')
        + f'<body><div class="cookie-banner">{c.say["cookie"]}</div>{c.menu()}<table class="calendar-widget"><tr>{days}</tr></table>'
        f'<div class="article-wrap"><h1>{c.title}</h1><span class="publish-date">{c.day}</span><div class="article-body">{c.body()}</div></div>'
        f'<div class="comments-section">{comments}</div><div class="trending-now">{c.teasers()}{c.teasers()}</div>{c.footer()}</body></html>'
    )


def _main(c: _Chrome) -> str:
    """Headings of related stories inside the article, the headline in the site's header."""
    related = f'<section class="related-stories"><h4>{c.say["also"]}</h4><ul>{c.teasers("<li>{}</li>")}</ul></section>'
    return (
        c.head(f'<meta property="og:title" content="{c.title}"><meta name="date" content="{c.iso}">')
        + f'<body><header><div class="logo">{c.say["site"]}</div>{c.menu()}</header><main><article><header><h1>{c.title}</h1>'
        f'<p class="meta">{c.day}</p></header>{c.body(extra=related)}<p><a href="/more">{c.say["more"]}</a></p></article></main>'
        f'<footer role="contentinfo">{c.footer()}</footer></body></html>'
    )


def _old(c: _Chrome) -> str:
    """Tables and fonts of twenty years ago, the day only on the page."""
    body = c.body(p='<font face="Mangal" size="2">{}</font><p>', h="<b>{}</b><p>")
    links = "".join(f'<a href="{i}.htm">{html.escape(text)}</a><br>' for i, text in enumerate(_TEASERS[c.lang]))
    return (
        f"<html><head><title>{c.title}</title></head><body><table border=0><tr><td width=150>{links}</td>"
        f"<td><h1>{c.title}</h1><i>{c.day}</i><p>{body}</td></tr></table><center>{c.say['copy']}</center></body></html>"
    )


def _spans(c: _Chrome) -> str:
    """Each paragraph in wrappers of its own, advertisements between them."""
    paragraph = '<div class="paragraph-wrapper"><div class="block"><p>{}</p></div></div><div class="adsbox">AD</div>'
    return (
        c.head(c.linked())
        + f'<body><div class="top-nav">{c.menu("div")}</div><section class="page"><div class="col-8"><h1>{c.title}</h1>'
        f'<div class="share-bar"><span>{c.say["share"]}</span></div>{c.body(p=paragraph)}'
        f'<p><strong>{c.say["also"]}: <a href="/s/1">{html.escape(_TEASERS[c.lang][0])}</a></strong></p></div>'
        f'<div class="col-4 sidebar">{c.teasers()}</div></section>{c.footer()}</body></html>'
    )


def _encyclopedia(c: _Chrome) -> str:
    """An encyclopedia: an edit link at each heading, a table of contents, language links."""
    heading = '<h2><span class="mw-headline">{}</span></h2>'
    return (
        c.head(f'<meta name="dc.date" content="{c.iso}">', title=f"{c.title} - {c.say['site']}")
        + f'<body><h1 id="firstHeading">{c.title}</h1><div id="bodyContent"><div id="mw-content-text"><div class="mw-parser-output">'
        f'<div id="toc" class="toc" role="navigation"><ul><li><a href="#1">1 {c.say["about"]}</a></li></ul></div>{c.body(h=heading)}</div></div></div>'
        f'<div id="mw-navigation">{c.menu("div")}<li><a hreflang="en" href="/en">English</a></li></div><div id="footer">{c.footer()}</div></body></html>'
    )


def _bulletin(c: _Chrome) -> str:
    """A radio bulletin: no paragraph tags at all, lines broken by `br` in one div."""
    lines = c.body(p="{}<br>", h="<strong>{}</strong><br>")
    return (
        c.head(f'<meta property="article:published_time" content="{c.iso}">', title=f"{c.say['site']} | {c.title}")
        + f'<body><div id="menu">{c.menu("div")}</div><div id="middle"><h1>{c.title}</h1><div class="news-detail-text">{lines}</div></div>'
        f'<div id="right">{c.teasers("<p>{}</p>")}</div></body></html>'
    )


def _plain(c: _Chrome) -> str:
    """A page with nothing around the text but a line of links."""
    return (
        f'<!doctype html><html lang="{c.lang}"><meta charset="utf-8"><title>{c.title}</title><a href="/">{c.say["site"]}</a>'
        f'<h1>{c.title}</h1><p><time datetime="{c.iso}">{c.day}</time></p>{c.body()}<p><a href="/">{c.say["about"]}</a></p></html>'
    )


LAYOUTS: Final = {
    "portal": _portal, "wordpress": _wordpress, "blog": _blog, "office": _office, "hashed": _hashed,
    "microdata": _microdata, "amp": _amp, "loud": _loud, "main": _main, "old": _old, "spans": _spans,
    "encyclopedia": _encyclopedia, "bulletin": _bulletin, "plain": _plain,
}  # fmt: skip
"""How a page is laid out, by name."""
