"""HTML that another system exported, as the Markdown that we keep."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nh3

MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
BREAKS = {"p": "\n\n", "div": "\n\n", "br": "\n", "ul": "\n\n", "ol": "\n\n", "h1": "\n\n", "h2": "\n\n", "h3": "\n\n"}
KEPT = {*MARKS, *BREAKS, "li"}


def markdown(html: str) -> str:
    """The words of an HTML text with its paragraphs, lists, bold and italics as Markdown; all else is dropped."""
    reader = _Reader()
    # Well formed before it is read: the reader takes the square of the length, or breaks off, on markup that is not.
    reader.feed(nh3.clean(html, tags=KEPT, attributes={}, link_rel=None))
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.parts)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append("\n- " if tag == "li" else BREAKS.get(tag, "") or MARKS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append("" if tag == "br" else BREAKS.get(tag, "") or MARKS.get(tag, ""))

    def handle_data(self, data: str) -> None:
        self.parts.append(re.sub(r"\s+", " ", data))
