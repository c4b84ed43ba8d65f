"""An item as it stands in a file that a bank is kept in, and what reading such a file comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from peer_xblocks.item.data import from_data, to_data
from peer_xblocks.item.item import Item
from peer_xblocks.item.lint import Fault
from peer_xblocks.refusal import Refusal

#: What a bank says of an item beside the item, in every format under these names.
MARKS = ("trial", "facility", "enemies")
#: More items than any office has; a file with more is a mistake or an attack.
MOST_ENTRIES = 10_000
#: A file of that many items stays far below it, in bytes.
MOST_BYTES = 40 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a file: where it stands ("row 12"), the item, and its marks as they are written, by name."""

    where: str
    item: Item
    marks: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Where it stands, with the id to look for."""
        return f"{self.where}, {self.item.id}" if self.item.id else self.where


@dataclass(frozen=True, slots=True)
class Reading:
    """The entries of a file, in its order, and what could not be read; `head` is what the file says of the bank."""

    entries: tuple[Entry, ...] = ()
    faults: tuple[Fault, ...] = ()
    head: Mapping[str, str] = field(default_factory=dict)


def broken(where: str, what: str, do: str) -> Fault:
    """A fault of the file itself, which keeps it from being used."""
    return Fault(where, what, do, rule="file", grave=True)


def refused(where: str, refusal: Refusal) -> Fault:
    """A refusal as a fault at a place: its first sentence says what, the rest what to do."""
    what, _, do = refusal.sentence.partition(". ")
    return broken(where, f"{what.rstrip('.')}.", do)


def measured(entry: Entry) -> Fault | None:
    """What keeps an item out of every table: an id, a text or a number of answers beyond all measure."""
    try:
        from_data(to_data(entry.item), "It")
    except Refusal as refusal:
        return refused(entry.where, refusal)
    return None
