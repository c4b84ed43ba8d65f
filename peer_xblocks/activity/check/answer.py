"""One answer as a page sends it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from peer_xblocks.item.data import MOST_ID, MOST_OPTIONS
from peer_xblocks.item.item import Item
from peer_xblocks.refusal import Clash, NotThere, Refusal

UNREADABLE = "This answer could not be read. Reload the page and answer again."
DAY = 86400
_CLIENT_ID = re.compile(r"[0-9A-Za-z_-]{8,64}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class ItemGone(NotThere):
    """An answer to a question that the check does not hold."""

    def __init__(self) -> None:
        super().__init__(
            "This question is no longer part of the check. Go on with the others; nothing you had is lost."
        )


class ItemChanged(Clash):
    """An answer to an older wording of a question."""

    def __init__(self) -> None:
        super().__init__("This question was changed while you had it open. Please read it again and answer once more.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a learner chose. `at` is when, in Unix seconds, where the answer had to wait for the line; else None."""

    item: str
    digest: str
    chosen: tuple[str, ...]
    client_id: str
    at: int | None = None

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Answer:
        """The answer in a request; a `Refusal` for anything else."""
        chosen, at = data.get("chosen"), data.get("at")
        if not isinstance(chosen, list) or len(chosen) > MOST_OPTIONS or not all(_short(each) for each in chosen):
            raise Refusal(UNREADABLE)
        if not chosen:
            raise Refusal("Choose an answer first.")
        if at is not None and (isinstance(at, bool) or not isinstance(at, int)):
            raise Refusal(UNREADABLE)
        item, digest, client_id = (data.get(name) for name in ("item", "digest", "client_id"))
        if not _short(item) or not _fits(_DIGEST, digest) or not _fits(_CLIENT_ID, client_id):
            raise Refusal(UNREADABLE)
        return cls(str(item), str(digest), tuple(sorted(set(chosen))), str(client_id), at)

    def to(self, items: tuple[Item, ...]) -> Item:
        """The item that this answers, as it is now; a `Refusal` where it is gone, changed, or has no such options."""
        item = next((each for each in items if each.id == self.item), None)
        if item is None:
            raise ItemGone
        if item.wording != self.digest:
            raise ItemChanged
        if any(item.option(each) is None for each in self.chosen):
            raise Refusal(UNREADABLE)
        if item.kind != "multiple" and len(self.chosen) > 1:
            raise Refusal("Choose one answer.")
        return item

    def made_at(self, received: int) -> int:
        """When the answer was made, as far as a page can be believed: not in the future, not more than a day ago."""
        return received if self.at is None else max(received - DAY, min(self.at, received))


def _short(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MOST_ID


def _fits(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None
