"""Somebody who has no mouse: walks a page by Tab and presses what has the focus."""

from __future__ import annotations

from dataclasses import dataclass

#: What has the focus, through frames: its tag, and the words a screen reader would say first.
FOCUSED = """() => {
  let at = document.activeElement;
  while (at && at.tagName === "IFRAME" && at.contentDocument) at = at.contentDocument.activeElement;
  if (!at) return { tag: "", words: "", outlined: true };
  const label = at.labels && at.labels.length ? at.labels[0].innerText : "";
  const words = at.getAttribute("aria-label") || label || at.innerText || at.value || "";
  const style = at.ownerDocument.defaultView.getComputedStyle(at);
  return { tag: at.tagName, type: at.type || "", checked: Boolean(at.checked), words: words.trim(),
           outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 };
}"""


@dataclass(frozen=True)
class Focus:
    """What has the focus."""

    tag: str
    words: str
    type: str = ""
    checked: bool = False
    outlined: bool = True


def focused(page) -> Focus:
    """What has the focus now."""
    return Focus(**page.evaluate(FOCUSED))


def tab_to(page, words: str, *, tag: str = "", most: int = 120) -> Focus:
    """Presses Tab until something that begins with these words has the focus, and can be seen to have it."""
    met = []
    for _ in range(most):
        page.keyboard.press("Tab")
        now = focused(page)
        met.append(now.words[:30])
        if now.words.startswith(words) and tag in ("", now.tag):
            assert now.outlined, f"{words} has the focus and does not show it"
            return now
    raise AssertionError(f"no Tab leads to {words!r}; met {met}")


def press(page, words: str, *, tag: str = "") -> None:
    """Goes to a link or button by Tab and presses Enter."""
    tab_to(page, words, tag=tag)
    page.keyboard.press("Enter")


def into_frame(page) -> None:
    """Goes on by Tab until the focus is inside the unit's frame."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.tagName") == "IFRAME":
            return
    raise AssertionError("no Tab leads into the unit's frame")
