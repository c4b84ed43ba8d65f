"""How authors write a check in Studio: a form with a live linter, and questions pasted as GIFT."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import asdict
from typing import Any

from web_fragments.fragment import Fragment

from peer_xblocks.activity.activity import Activity
from peer_xblocks.activity.authored import new_id, title
from peer_xblocks.handler import author_handler
from peer_xblocks.item import gift
from peer_xblocks.item.data import many_from_data, to_data
from peer_xblocks.item.item import Item
from peer_xblocks.item.lint import lint
from peer_xblocks.refusal import Refusal

MOST_PASTED = 400_000


class CheckEditor(Activity):
    """The author's side of `peer_check`."""

    def form(self) -> Fragment:
        """The editor: questions and answers as fields, never JSON."""
        return self.authoring(
            "editor",
            "PeerCheckEditor",
            handlers=("save_check", "lint", "paste", "gift"),
            scripts=("form", "author", "fields", "editor"),
            context={"percent": "" if self.mastery is None else round(self.mastery * 100), "shuffled": self.shuffle},
            items=[to_data(item) for item in self.bank],
            faults=faults_of(self.bank),
        )

    @property
    def bank(self) -> tuple[Item, ...]:
        """The items of this check."""
        raise NotImplementedError

    @author_handler
    def save_check(self, data: dict[str, Any]) -> dict[str, Any]:
        """Keeps what the author wrote; what the linter names does not hinder it."""
        items, mastery, name = (
            many_from_data(data.get("items")),
            _mastery(data.get("mastery")),
            title(data, "the check"),
        )
        self.display_name, self.shuffle = name, data.get("shuffle") is True
        self.items = [to_data(item) for item in items]
        if mastery is None:
            self.fields["mastery"].delete_from(self)
        else:
            self.mastery = mastery
        return {"faults": faults_of(items)}

    @author_handler
    def lint(self, data: dict[str, Any]) -> dict[str, Any]:
        """What is still to mend in the questions as they are being written."""
        return {"faults": faults_of(many_from_data(data.get("items")))}

    @author_handler
    def paste(self, data: dict[str, Any]) -> dict[str, Any]:
        """The questions of a GIFT text, under ids that the check does not use yet (`taken`)."""
        text, taken = data.get("text"), data.get("taken", [])
        if not isinstance(text, str) or not isinstance(taken, list) or len(text) > MOST_PASTED:
            raise Refusal("This text cannot be taken in. Paste less of it at once.")
        items = gift.read(text, new_id)
        if not items:
            raise Refusal("There is no question in this text. Paste questions in GIFT form.")
        return {"items": [to_data(item) for item in apart(items, {str(each) for each in taken})]}

    @author_handler
    def gift(self, data: dict[str, Any]) -> dict[str, Any]:
        """The questions as GIFT, for use elsewhere."""
        return {"text": gift.write(list(many_from_data(data.get("items"))))}


def apart(items: Collection[Item], taken: set[str], fresh: Callable[[], str] = new_id) -> list[Item]:
    """The items under ids of their own: those that are `taken`, or used twice, get a fresh one."""
    made: list[Item] = []
    for item in items:
        made.append(item.renamed(fresh()) if item.id in taken else item)
        taken = taken | {made[-1].id}
    return made


def faults_of(items: Collection[Item]) -> list[dict[str, str]]:
    """What the linter says, as plain values."""
    return [asdict(each) for each in lint(items)]


def _mastery(value: object) -> float | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise Refusal("The mark to reach is a number from 1 to 100 percent, or empty for the programme's own.")
    return float(value)
