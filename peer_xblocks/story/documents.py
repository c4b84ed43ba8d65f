"""A talk as a Word file: parts as headings, large type to read from, nothing in it that names a person or its purpose."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable

from docx import Document
from docx.oxml import OxmlElement
from docx.shared import Pt

from peer_xblocks.story.plan import HELPER, Plan, every_part
from peer_xblocks.story.stories import Story

TITLE = "Notes"
READING_SIZE = Pt(16)


def talk(plan: Plan, story: Story, gettext: Callable[[str], str]) -> bytes:
    """The texts of a story in the order of its plan; then those of other plans and of the pages beside it."""
    made = Document()
    made.core_properties.author = ""
    made.core_properties.comments = ""
    made.core_properties.title = gettext(TITLE)
    made.styles["Normal"].font.size = READING_SIZE
    titles = every_part()
    others = [each for each in story.parts if plan.part(each) is None and each != HELPER and each in titles]
    for part in (*plan.parts, *(titles[each] for each in others)):
        made.add_heading(gettext(part.title), level=1)
        for line in story.text(part.id).split("\n"):
            _line(made.add_paragraph(), line)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def _line(paragraph: object, text: str) -> None:
    run = paragraph.add_run(text)  # type: ignore[attr-defined]
    if right_to_left(text):
        paragraph.paragraph_format.element.get_or_add_pPr().append(OxmlElement("w:bidi"))  # type: ignore[attr-defined]
        run.font.rtl = True


def right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left."""
    for each in text:
        direction = unicodedata.bidirectional(each)
        if direction in ("R", "AL", "L"):
            return direction != "L"
    return False
