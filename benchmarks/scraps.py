"""Scraps of pages that are no prose: names in code, code, tags, addresses, marks, the lines that a site repeats."""

from typing import Final

__all__ = ["ADDRESSES", "CODE", "LINES", "MARKS", "NAMES", "TAGS"]

NAMES: Final = ("user", "total", "item", "page", "menu", "photo", "order", "village", "report", "index")
MARKS: Final = ("…", "---", "* * *", "• • •", "|", "—", ">>>", "12", "१२.५", "(3)", "?!", "=====", "10:45")
CODE: Final = (
    "if ({name} == {n}) {{ return {other}; }}",
    "def {name}({other}, n={n}):",
    "var {name} = document.getElementById('{other}');",
    ".{name} {{ margin: {n}px; color: #fff; }}",
    "<div class=\"{name}\" id=\"{other}\"><a href=\"/p/{n}\"></a></div>",
    "{{\"{name}\": {n}, \"{other}\": null}}",
    "SELECT {name} FROM {other} WHERE id = {n};",
    "import {name} from './{other}.js';",
    "$ sudo apt install {name} --{other}={n}",
    "[{name}]: {other} => {n},",
    "function {name}() {{ console.log({other}); }}",
    "{name}.{other}.push({n});",
)  # fmt: skip
TAGS: Final = (
    ("<p class=\"{name}\">", "</p>"),
    ("<span style=\"width:{n}px\">", "</span>"),
    ("<li><a href=\"/{name}/{n}\">", "</a></li>"),
    ("<td width={n}><b>", "</b></td>"),
)  # fmt: skip
ADDRESSES: Final = (
    "https://example.org/{name}/{n}",
    "www.{name}{n}.in",
    "{name}{n}@example.com",
    "{{{name}{n}}}",
    "%({name}{n})s",
    "${{{name}{n}}}",
    "{name}{n}.pdf",
)
LINES: Final = (
    ("यह भी पढ़ें: आज की दस बड़ी ख़बरें एक साथ", "Also read: ten big stories of the day in one place"),
    ("हमारे व्हाट्सऐप चैनल से जुड़ने के लिए यहाँ क्लिक करें", "Click here to join our WhatsApp channel"),
    ("ताज़ा ख़बरों के लिए हमें फ़ेसबुक और ट्विटर पर फ़ॉलो करें।", "Follow us on Facebook and Twitter for the latest news."),
    ("इस ख़बर को अपने दोस्तों के साथ साझा करें", "Share this story with your friends"),
    ("सर्वाधिकार सुरक्षित, बिना अनुमति के प्रकाशन वर्जित है।", "All rights reserved, no part may be published without leave."),
    ("लेख में दिए गए विचार लेखक के निजी विचार हैं।", "The views expressed in the article are the author's own."),
    ("हमारा मोबाइल ऐप डाउनलोड करें और पढ़ते रहें", "Download our mobile app and keep reading"),
    ("इस लेख पर अपनी राय टिप्पणी में ज़रूर लिखें।", "Do leave your opinion on this article in the comments."),
    ("हमारे समाचार पत्र की सदस्यता लेने के लिए अपना पता भरें", "Enter your address to subscribe to our newsletter"),
    ("विज्ञापन के बाद ख़बर आगे जारी है, नीचे देखें", "The story continues below after the advertisement"),
    ("पेज पर सबसे ऊपर वापस जाने के लिए तीर दबाएँ", "Press the arrow to go back to the top of the page"),
    ("कुकी के उपयोग के बारे में हमारी नीति यहाँ पढ़ें।", "Read our policy on the use of cookies here."),
)
