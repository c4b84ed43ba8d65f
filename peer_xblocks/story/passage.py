"""The text of one part as a page sends it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from peer_xblocks.refusal import Refusal
from peer_xblocks.story.plan import HELPER, every_part
from peer_xblocks.story.versions import Mark, Save

MOST = 40_000
"""Characters of one part: an hour of speech."""
MOST_BASE = 8
UNREADABLE = "We could not read this. Your text is kept on this device; reload the page to send it again."
TOO_LONG = (
    "This part is longer than we can save ({most} characters). "
    "Make it shorter, or move some of it to another part, and it will be saved."
)
_PAGE = re.compile(r"[0-9A-Za-z_-]{8,64}")
_MARK = re.compile(r"([0-9A-Za-z_-]{8,64}):(\d{1,9})")
# What XML, and with it a Word file, cannot carry; no keyboard writes it.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A part's id and what is to be kept of it."""

    part: str
    save: Save

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Passage:
        """The passage in a request; a `Refusal` for anything else."""
        part, text, page, seq, base = (data.get(name) for name in ("part", "text", "page", "seq", "base"))
        if not isinstance(part, str) or not (part in every_part() or part == HELPER):
            raise Refusal("This part is not in the talk any more. Reload the page; your text is kept on this device.")
        if not isinstance(text, str):
            raise Refusal(UNREADABLE)
        if not isinstance(page, str) or not _PAGE.fullmatch(page) or not _counts(seq):
            raise Refusal(UNREADABLE)
        if not isinstance(base, list) or len(base) > MOST_BASE:
            raise Refusal(UNREADABLE)
        return cls(part, Save(Mark(page, int(str(seq))), tuple(map(_mark, base)), clean(text)))


def clean(text: str) -> str:
    """A text as it is kept: one kind of line end, nothing unseen; a `Refusal` where it is longer than a part may be."""
    cleaned = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(cleaned) > MOST:
        raise Refusal(TOO_LONG.format(most=f"{MOST:,}"), 413)
    return cleaned


def _mark(value: object) -> Mark:
    found = _MARK.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise Refusal(UNREADABLE)
    return Mark(found[1], int(found[2]))


def _counts(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**9
