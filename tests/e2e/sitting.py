"""Sitting the exam by keyboard, with the answers read from the bank's file."""

from __future__ import annotations

from peer_xblocks.exam import bank_file
from peer_xblocks.item.text import plain
from tests.e2e.checks import unit_frame
from tests.e2e.keys import focused, press

BANK = "crss-draft"
KINDS = ("radio", "checkbox")


def key() -> dict[str, list[str]]:
    """The right answers of the bank by question, as learners see the texts."""
    bank = bank_file.read_file(bank_file.find(BANK)).bank
    return {
        _flat(plain(each.item.stem)): [_flat(plain(option.text)) for option in each.item.options if option.right]
        for each in bank.items
    }


def stem(page) -> str:
    """The question that is shown now."""
    return _flat(unit_frame(page).locator("legend .peer-exam__words").inner_text())


def answer(page, texts: list[str]) -> None:
    """Chooses answers to the question that is shown, by Tab, arrows and the space bar."""
    kind = _to_choices(page)
    for _ in range(unit_frame(page).locator(".peer__choice").count()):
        fits = _flat(focused(page).words) in texts
        if fits:
            page.keyboard.press("Space")
        if fits and kind == "radio":
            break
        page.keyboard.press("ArrowDown" if kind == "radio" else "Tab")


def saved(page) -> None:
    """Waits until the page says that all is saved."""
    unit_frame(page).locator("[data-part=status]", has_text="Saved.").wait_for()


def count(page) -> int:
    """How many questions the exam has, as the question's place says."""
    return int(unit_frame(page).locator(".peer-exam__place").first.inner_text().split()[-1])


def hand_in(page) -> None:
    """Hands in from the list of all questions."""
    press(page, "Hand in the exam", tag="BUTTON")
    press(page, "Yes, hand in", tag="BUTTON")


def _to_choices(page) -> str:
    for _ in range(40):
        page.keyboard.press("Tab")
        if focused(page).type in KINDS:
            return focused(page).type
    raise AssertionError("no Tab leads to the answers")


def _flat(text: str) -> str:
    return " ".join(text.split())
