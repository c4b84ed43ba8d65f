"""What an author has to mend on a page: headings, links, pictures, footnotes, stated minutes, wording."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import accumulate

from peer_xblocks.course.minutes import tenths
from peer_xblocks.course.outline import Outline, Source
from peer_xblocks.course.page import HEADINGS, SOURCES, Page
from peer_xblocks.course.problem import Problem
from peer_xblocks.language import flags

LARGEST = 20_000
OTHER_WAYS = ("tel:", "sms:", "mailto:")
APART = "\n¶\n"
"""Stands between the texts of a page, so that no wording reaches from one into the next."""


def problems(page: Page, course: Outline, *, top: int = 2) -> Iterator[Problem]:
    """Every problem of one page; its first heading is of the level `top`."""
    yield from markup(page)
    yield from headings(page, top)
    yield from links(page, course)
    yield from footnotes(page, course.sources)
    yield from activities(page)
    yield from wording(page)


def markup(page: Page) -> Iterator[Problem]:
    """Tags that are not closed, that do not belong on a page, ids given twice, pictures nobody describes."""
    for mark in page.all("broken"):
        yield Problem(page.at(mark.line), f"{mark.value} has no partner.", "Close every tag that you open.")
    for mark in page.all("unsafe"):
        yield Problem(page.at(mark.line), f"{mark.value} does not belong on a page.", "Take it out.")
    for mark in page.all("img"):
        if mark.value is None:
            yield Problem(
                page.at(mark.line), f"The picture {mark.words} has no alt.", 'Describe it; alt="" if it adds nothing.'
            )
    for value, often in Counter(mark.value for mark in page.all("id")).items():
        if often > 1:
            yield Problem(page.where, f"The id “{value}” is given {often} times.", "Give each its own.")
    if page.size > LARGEST:
        yield Problem(page.where, f"It is {page.size:,} bytes long.", "Split it: phones load it.", grave=False)


def headings(page: Page, top: int = 2) -> Iterator[Problem]:
    """Headings begin at `top` (the unit's title stands above) and go down one step at a time."""
    before = top - 1
    for mark in page.marks:
        if mark.kind not in HEADINGS:
            continue
        level = int(mark.kind[1])
        if level < top or level > before + 1:
            yield Problem(
                page.at(mark.line), f"<{mark.kind}> cannot stand here.", f"Use <h{min(before + 1, level + 1)}>."
            )
        if not mark.words:
            yield Problem(page.at(mark.line), f"<{mark.kind}> has no words.", "Write them or take it out.")
        before = level


def links(page: Page, course: Outline) -> Iterator[Problem]:
    """Links that lead nowhere, or out of the course to a place that is not among the sources."""
    for mark in page.all("a"):
        fault = _fault(mark.value or "", page, course)
        if fault:
            yield Problem(page.at(mark.line), f"The link to “{mark.value or ''}” {fault[0]}.", fault[1])
        if not mark.words:
            yield Problem(page.at(mark.line), "A link has no words.", "Say where it leads.")


def _fault(address: str, page: Page, course: Outline) -> tuple[str, str] | None:
    if address.startswith("#"):
        known = address[1:] in {mark.value for mark in page.all("id")}
        return None if known else ("leads nowhere on this page", "Name an id that is there.")
    if address.startswith("/static/"):
        known = re.split("[?#]", address)[0].removeprefix("/static/") in course.static
        return None if known else ("names no file in static/", "Add the file or mend the name.")
    if address.startswith("/jump_to_id/"):
        known = address.removeprefix("/jump_to_id/") in {unit.id for unit in course.units()}
        return None if known else ("names no unit of this course", "Mend the name.")
    if address.startswith("https://"):
        known = address in {source.address for source in course.sources.values()}
        return None if known else ("leads to a site that sources.toml does not list", "List it there, or take it out.")
    if address.startswith(OTHER_WAYS):
        return None
    return "cannot work inside a course", "Use https://, /static/, /jump_to_id/ or #."


def footnotes(page: Page, sources: Mapping[str, Source]) -> Iterator[Problem]:
    """Footnotes that name no listed source, or that nothing on the page points to."""
    used = {mark.value for mark in page.all("a")}
    for mark in page.all("footnote"):
        tag, _, anchor = (mark.value or "").partition("#")
        source = sources.get(tag)
        if source is None:
            yield Problem(page.at(mark.line), f"The source “{tag}” is not in sources.toml.", "List it there.")
        elif not mark.words.startswith(source.name):
            yield Problem(page.at(mark.line), f"The footnote does not begin with “{source.name}”.", "Name it so.")
        if f"#{anchor}" not in used:
            yield Problem(page.at(mark.line), "Nothing points to this footnote.", "Cite it, or take it out.")


def activities(page: Page) -> Iterator[Problem]:
    """Activities whose minutes are missing, not a number, or not told to the person who does them."""
    for mark in page.all("activity"):
        if tenths(mark.value) is None:
            yield Problem(page.at(mark.line), "An activity does not state its minutes.", 'Write data-minutes="4".')
        elif not re.search(rf"\b{re.escape(mark.value or '')} minutes?\b", mark.words):
            yield Problem(
                page.at(mark.line), f"The activity does not say “{mark.value} minutes”.", "Tell people how long."
            )


def wording(page: Page) -> Iterator[Problem]:
    """Words that name a person by a condition; what is quoted in `<q>` or cited as a source is left alone."""
    texts = [text for text in page.texts if text.part != SOURCES]
    starts = list(accumulate((len(text.own) + len(APART) for text in texts), initial=0))
    told = APART.join(text.own for text in texts)
    for flag in flags(told):
        if flag.level != "information":
            line = texts[bisect_right(starts, flag.start) - 1].line
            said = told[flag.start : flag.end]
            yield Problem(page.at(line), f"“{said}” could be said in a kinder way.", f"Think of: {flag.offer}.")
