"""A bank: the versioned collection of items that exam forms are made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from peer_xblocks.item.item import Item

#: What a bank may be used for. Only a "deciding" one decides about people; the product ships the other two kinds.
STATUSES = ("draft", "practice", "deciding")
#: What an item asks of a person, as a blueprint counts it: knows it, uses it in a case, weighs one thing against another.
LEVELS = ("recall", "apply", "judge")
#: A check calls each short case a vignette; in a blueprint that is the second level.
_AS_LEVEL = {level: level for level in LEVELS} | {"vignette": "apply"}


@dataclass(frozen=True, slots=True)
class BankItem:
    """An item in a bank.

    `trial`: asked, never scored. `facility`: the part of people (0.0 to 1.0) who got it right, None where nobody knows.
    `enemies`: ids of items that may not stand in the same form, because one answers or repeats the other.
    """

    item: Item
    trial: bool = False
    facility: float | None = None
    enemies: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The item's id, the same in every version of the bank."""
        return self.item.id

    @property
    def domain(self) -> str:
        """The domain of the exam outline, "D1" to "D7"; "" where it is not set."""
        return self.item.domain

    @property
    def level(self) -> str:
        """One of `LEVELS`; "" where the item names none of them."""
        return _AS_LEVEL.get(self.item.level, "")

    @property
    def digest(self) -> str:
        """The SHA-256 of all that the item says: the name of this version of it."""
        return self.item.digest


@dataclass(frozen=True, slots=True)
class Bank:
    """One version of a bank; `version` counts from 1, and is 0 for one that was read and not kept yet."""

    code: str
    version: int
    title: str
    status: str
    items: tuple[BankItem, ...]

    @property
    def digest(self) -> str:
        """A SHA-256 of the items and their flags, whatever order they stand in: the same for the same content."""
        lines = [[each.digest, each.trial, each.facility, sorted(each.enemies)] for each in by_id(self.items)]
        return hashlib.sha256(json.dumps(lines, separators=(",", ":")).encode()).hexdigest()

    def of(self, item_id: str) -> BankItem:
        """The item of that id; KeyError where the bank holds none."""
        for each in self.items:
            if each.id == item_id:
                return each
        raise KeyError(item_id)

    def enemies_of(self, item_id: str) -> frozenset[str]:
        """The ids that may not stand beside `item_id`, whichever of the two names the other."""
        named = set(self.of(item_id).enemies)
        return frozenset(named | {each.id for each in self.items if item_id in each.enemies}) - {item_id}

    def pool(self, domain: str, level: str = "", *, trial: bool = False) -> tuple[BankItem, ...]:
        """The items of one cell of a blueprint, in the order of their ids; of every level where none is named."""
        fits = (each for each in self.items if (each.domain, each.trial) == (domain, trial))
        return by_id(each for each in fits if level in ("", each.level))


def by_id(items: Iterable[BankItem]) -> tuple[BankItem, ...]:
    """Items in the order of their ids, which no sorted sheet can change."""
    return tuple(sorted(items, key=lambda each: (each.id, each.digest)))
