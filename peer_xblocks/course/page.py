"""A page of a course as the checker sees it: its texts, activities, headings, links, pictures and footnotes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser

READING, ACTIVITY, SOURCES = "reading", "activity", "sources"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LABELS = (*HEADINGS, "summary", "caption", "th", "td")
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl", "dt", "figcaption")
    + ("figure", "footer", *HEADINGS, "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary")
    + ("table", "tbody", "td", "th", "thead", "tr", "ul")
)
UNSEEN = frozenset(("script", "style", "title", "template"))
UNSAFE = frozenset(("script", "iframe", "object", "embed", "form", "base"))


@dataclass(frozen=True, slots=True)
class Text:
    """The words of one block of a page, and which tag it is; `own` leaves out what is quoted as heard (`<q>`)."""

    line: int
    tag: str
    part: str
    words: str
    own: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One tag that the checker looks at: a heading, a link, a picture, an activity or a footnote."""

    line: int
    kind: str
    value: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `where` is its file, from the folder of the course on."""

    where: str
    size: int
    texts: tuple[Text, ...]
    marks: tuple[Mark, ...]

    def all(self, kind: str) -> list[Mark]:
        """The marks of one kind: h1 … h6, a, img, activity, footnote, id, unsafe, broken."""
        return [mark for mark in self.marks if mark.kind == kind]

    def words(self, *parts: str) -> list[str]:
        """The texts of some parts of the page, in order."""
        return [text.words for text in self.texts if text.part in parts]

    def prose(self, *parts: str) -> list[str]:
        """The same without headings, labels and cells of a table, which are no sentences."""
        return [text.words for text in self.texts if text.part in parts and text.tag not in LABELS]

    def at(self, line: int) -> str:
        """A place on this page as an author finds it."""
        return f"{self.where}:{line}"


def parse(where: str, html: str) -> Page:
    """The page that `html` describes. Never raises: what is broken is a mark."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.finish()
    return Page(where, len(html.encode()), tuple(reader.texts), tuple(sorted(reader.marks, key=lambda each: each.line)))


@dataclass(slots=True)
class _Open:
    """A tag that was not closed yet, and the words inside it so far."""

    tag: str
    line: int
    part: str
    done: Callable[[str], None] | None = None
    words: str = ""


class _Reader(HTMLParser):
    """Collects texts and marks while it walks through a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[Text] = []
        self.marks: list[Mark] = []
        self.stack: list[_Open] = []
        self.buffer = ""
        self.own = ""

    @property
    def line(self) -> int:
        return self.getpos()[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in BLOCKS:
            self.flush()
        self.look(tag, given)
        if tag not in VOID:
            self.stack.append(_Open(tag, self.line, self.part(given), self.marker(tag, given)))

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.flush()
        if not self.stack or self.stack[-1].tag != tag:
            self.mark("broken", f"</{tag}>")
            return
        closed = self.stack.pop()
        if closed.done:
            closed.done(" ".join(closed.words.split()))

    def handle_data(self, data: str) -> None:
        if self.inside(*UNSEEN):
            return
        self.buffer += data
        self.own += "…" if self.inside("q") else data
        for each in self.stack:
            each.words += data

    def finish(self) -> None:
        """Ends the last text; names what was never closed."""
        self.flush()
        for each in self.stack:
            self.marks.append(Mark(each.line, "broken", f"<{each.tag}>"))

    def flush(self) -> None:
        """Ends the text of a block."""
        words = " ".join(self.buffer.split())
        if words:
            part = self.stack[-1].part if self.stack else READING
            tag = next((each.tag for each in reversed(self.stack) if each.tag in BLOCKS), "")
            self.texts.append(Text(self.line, tag, part, words, " ".join(self.own.split())))
        self.buffer = self.own = ""

    def inside(self, *tags: str) -> bool:
        return any(each.tag in tags for each in self.stack)

    def mark(self, kind: str, value: str | None = None, words: str = "", line: int = 0) -> None:
        self.marks.append(Mark(line or self.line, kind, value, words))

    def part(self, given: dict[str, str | None]) -> str:
        classes = (given.get("class") or "").split()
        if "peer-sources" in classes:
            return SOURCES
        if "data-minutes" in given:
            return ACTIVITY
        return self.stack[-1].part if self.stack else READING

    def look(self, tag: str, given: dict[str, str | None]) -> None:
        """Marks what the tag itself says."""
        if given.get("id"):
            self.mark("id", given["id"])
        if tag == "img":
            self.mark("img", given.get("alt"), given.get("src") or "")
        if tag in UNSAFE:
            self.mark("unsafe", f"<{tag}>")
        for name in given:
            if name.startswith("on"):
                self.mark("unsafe", name)

    def marker(self, tag: str, given: dict[str, str | None]) -> Callable[[str], None] | None:
        """What to mark once the words of the tag are known."""
        line = self.line
        if tag in HEADINGS:
            return lambda words: self.mark(tag, tag[1], words, line)
        if tag == "a":
            return lambda words: self.mark("a", given.get("href"), words, line)
        if "data-minutes" in given:
            return lambda words: self.mark("activity", given["data-minutes"], words, line)
        if "data-source" in given:
            name = f"{given['data-source']}#{given.get('id') or ''}"
            return lambda words: self.mark("footnote", name, words, line)
        return None
