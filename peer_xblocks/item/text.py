"""Author text: Markdown in, sanitised HTML or plain words out. The only place where author text becomes HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {
    *("p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "a", "ul", "ol", "li"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel", "sms"}
#: Longer texts are shown as they are: reading some marks takes a time that grows with the square of the length.
MOST = 20_000
_UNWRITABLE = re.compile("[^\\t\\n\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
# One line of words that begins with a letter and holds no sign that Markdown reads: most answers are nothing else.
_UNMARKED = re.compile(r"[A-Za-z][^\\`*_\[\]<>&~\n\r]*")


class Html(str):
    """Markup that was sanitised here; templates show it as it is because it says so itself."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@lru_cache(maxsize=4096)  # the same few questions are shown to every learner of a course
def html(markdown: str) -> Html:
    """Markdown as HTML with a short list of tags: raw HTML is shown as text, a picture becomes a link to it.

    Headings start at the third level, below the title of the block that shows the text.
    """
    if len(markdown) > MOST:
        return Html(f"<p>{nh3.clean_text(clean(markdown))}</p>")
    tokens = _reader.parse(clean(markdown))
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"
    made = _reader.renderer.render(tokens, _reader.options, {})
    return Html(nh3.clean(made, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES).strip())


def plain(markdown: str) -> str:
    """The words of a Markdown text on one line, without its marks."""
    if len(markdown) > MOST or _UNMARKED.fullmatch(markdown):
        return " ".join(clean(markdown).split())
    parts = [_words(token) for token in _reader.parse(clean(markdown))]
    return " ".join(" ".join(parts).split())


def clean(text: str) -> str:
    """`text` as we store it: `\\n` line ends, nothing that XML cannot carry, no blank ends."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _words(token: Token) -> str:
    if token.type in ("fence", "code_block"):
        return token.content
    return _inline(token.children or ()) if token.type == "inline" else ""


def _inline(children: Sequence[Token]) -> str:
    return "".join(" " if child.type in ("softbreak", "hardbreak") else child.content for child in children)


_reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
