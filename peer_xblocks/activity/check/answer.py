"""One answer as a page sends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from peer_xblocks.activity.sent import Sent, stamp
from peer_xblocks.item.data import MOST_ID, MOST_OPTIONS
from peer_xblocks.item.item import Item
from peer_xblocks.refusal import Clash, NotThere, Refusal

UNREADABLE = "This answer could not be read. Reload the page and answer again."


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Sent):
    """What a learner chose for one item."""

    item: str
    chosen: tuple[str, ...]

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Answer:
        """The answer in a request; a `Refusal` for anything else."""
        chosen, item = data.get("chosen"), data.get("item")
        if not isinstance(chosen, list) or len(chosen) > MOST_OPTIONS or not all(_short(each) for each in chosen):
            raise Refusal(UNREADABLE)
        if not chosen:
            raise Refusal("Choose an answer first.")
        if not _short(item):
            raise Refusal(UNREADABLE)
        sent, picked = stamp(data, UNREADABLE), tuple(sorted(set(chosen)))
        return cls(item=str(item), chosen=picked, digest=sent.digest, client_id=sent.client_id, at=sent.at)

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


def _short(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MOST_ID
