"""Answering a knowledge check by keyboard."""

from __future__ import annotations

from peer_xblocks.course import source
from peer_xblocks.item import olx, xml
from peer_xblocks.item.text import plain
from tests.e2e.keys import focused, press

COURSE = "ce/boundaries"
KINDS = ("radio", "checkbox")


def key(unit: str) -> dict[str, list[str]]:
    """The right answers of a unit's check by question, as learners see the texts."""
    root = xml.parse((source.find(COURSE) / "vertical" / f"{unit}.xml").read_bytes())
    items = olx.from_elements(root.findall(".//item"))
    return {plain(item.stem): [plain(each.text) for each in item.options if each.right] for item in items}


def unit_frame(page):
    """The frame of the unit that is shown."""
    return next(each for each in page.frames if "/xblock/" in each.url)


def right(page, answers: dict[str, list[str]]) -> list[str]:
    """The right answers to the question that is asked now."""
    stem = unit_frame(page).locator("legend .peer-words").inner_text()
    return answers[" ".join(stem.split())]


def answer(page, texts: list[str], *, wrongly: bool = False) -> None:
    """Chooses answers and hands them in; `wrongly` chooses any other one."""
    choices = unit_frame(page).locator(".peer__choice").count()
    kind = _to_choices(page)
    for _ in range(choices):
        fits = (_words(page) in texts) != wrongly
        if fits:
            page.keyboard.press("Space")
        if fits and (kind == "radio" or wrongly):
            break
        page.keyboard.press("ArrowDown" if kind == "radio" else "Tab")
    press(page, "Check my answer", tag="BUTTON")
    unit_frame(page).locator("[data-part=feedback]").wait_for()


def _to_choices(page) -> str:
    for _ in range(40):
        page.keyboard.press("Tab")
        if focused(page).type in KINDS:
            return focused(page).type
    raise AssertionError("no Tab leads to the answers")


def _words(page) -> str:
    return " ".join(focused(page).words.split())
