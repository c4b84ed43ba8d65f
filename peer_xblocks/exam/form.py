"""What one sitting asks: a form, the same for the same seed, bank and blueprint, on any machine and in any year.

Order comes from SHA-256 over the seed and a name, so that it rests on no library's way to shuffle.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peer_xblocks.exam.bank import Bank, BankItem
from peer_xblocks.exam.blueprint import Blueprint, lacking
from peer_xblocks.item.item import Item, Option

DRAWN = ""
DECIDING = "deciding"
#: How often a draw begins anew where items that must not meet stand in its way.
DRAWS = 200
_PINNED = re.compile(r"\s*(all|none|both|neither|any) of (the|these|them)\b|\s*(a|b) and (b|c)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(\d+(?:[.,]\d+)?)")


class CannotFill(Exception):
    """A bank that cannot fill a form; `reasons` say what is missing, a sentence each."""

    def __init__(self, reasons: Iterable[str]):
        self.reasons = tuple(reasons)
        super().__init__(" ".join(self.reasons))


@dataclass(frozen=True, slots=True)
class Place:
    """One question of a form: which version of which item, its options in the order shown, whether it is on trial."""

    item: str
    digest: str
    domain: str
    options: tuple[str, ...]
    trial: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """What a sitting asks, in order, with the evidence of where it came from. `name` is "" for a drawn form."""

    name: str
    seed: str
    bank: str
    bank_version: str
    bank_digest: str
    blueprint: Mapping[str, object]
    places: tuple[Place, ...]

    @property
    def counted(self) -> tuple[Place, ...]:
        """The questions that count."""
        return tuple(place for place in self.places if not place.trial)

    def place(self, item: str) -> Place | None:
        """The place of an item, None where the form does not ask it."""
        return next((place for place in self.places if place.item == item), None)

    def as_data(self) -> dict[str, Any]:
        """The form as its record keeps it."""
        places = [[each.item, each.digest, each.domain, list(each.options), each.trial] for each in self.places]
        named = {name: getattr(self, name) for name in ("name", "seed", "bank", "bank_version", "bank_digest")}
        return {**named, "blueprint": dict(self.blueprint), "places": places}

    @property
    def digest(self) -> str:
        """A SHA-256 of all of it."""
        body = json.dumps(self.as_data(), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return hashlib.sha256(body.encode()).hexdigest()


def stored(data: Mapping[str, Any]) -> Form:
    """The form that a record kept."""
    places = tuple(
        Place(item, digest, domain, tuple(options), trial) for item, digest, domain, options, trial in data["places"]
    )
    return Form(**{**data, "places": places})


def drawn(bank: Bank, blueprint: Blueprint, seed: str, *, purpose: str) -> Form:
    """A form drawn from the bank's pools. `CannotFill` where they do not suffice, or where the exam decides.

    For a deciding exam pools may be drawn from only when every item that could stand in it has a rating or data
    (`facility`): otherwise one person's form may be harder than another's and nobody could say by how much.
    """
    if purpose == DECIDING and any(each.facility is None for each in bank.items if not each.trial):
        raise CannotFill(["This exam decides, and its pools are not rated yet. Name fixed forms for it."])
    demand_fit(bank, purpose)
    lacks = lacking(blueprint, bank.items)
    if lacks:
        raise CannotFill(str(each) for each in lacks)
    for turn in range(DRAWS):
        chosen = _draw(bank.items, blueprint, f"{seed}|{turn}")
        if chosen is not None:
            return _form(DRAWN, chosen, bank, blueprint, seed)
    raise CannotFill(["Too many of the bank's items must not stand in one form. Add items, or part fewer of them."])


def demand_fit(bank: Bank, purpose: str) -> None:
    """Refuses to decide about people with a bank that is a draft or for practice."""
    if purpose == DECIDING and bank.status != DECIDING:
        raise CannotFill([f"This exam decides, and its bank is {bank.status}. Load a bank that is meant to decide."])


def fixed(bank: Bank, blueprint: Blueprint, name: str, ids: Sequence[str], seed: str, *, purpose: str) -> Form:
    """The fixed form `name` of the items `ids`; the seed orders questions and options, never chooses them."""
    demand_fit(bank, purpose)
    held = {each.id: each for each in bank.items}
    missing = [each for each in ids if each not in held]
    if missing:
        raise CannotFill([f"Form {name} asks for {', '.join(missing)}, which the bank does not hold."])
    chosen = [held[each] for each in ids]
    reasons = [*(str(each) for each in lacking(blueprint, chosen)), *_meetings(name, chosen)]
    if len(chosen) != blueprint.length or len(set(ids)) != len(ids):
        reasons.append(f"Form {name} names {len(set(ids))} items; the blueprint asks for {blueprint.length}.")
    if reasons:
        raise CannotFill(reasons)
    return _form(name, chosen, bank, blueprint, seed)


def named(forms: Collection[str], seed: str, taken: Sequence[str]) -> str:
    """Which fixed form comes next: one not taken yet, where there is one; the seed decides between equals."""
    return min(forms, key=lambda name: (taken.count(name), _key(seed, "form", name)))


def pinned(options: Sequence[Option]) -> frozenset[str]:
    """The options that keep their place: "none of these" and its like; all of them where they are figures in order."""
    figures = [_NUMBER.match(option.text) for option in options]
    values = [float(each.group(1).replace(",", ".")) for each in figures if each]
    if len(values) == len(options) > 1 and values in (sorted(values), sorted(values, reverse=True)):
        return frozenset(option.id for option in options)
    return frozenset(option.id for option in options if _PINNED.match(option.text))


def order(item: Item, seed: str) -> tuple[str, ...]:
    """The option ids of an item in the order of one form, pinned ones where their author put them."""
    kept = pinned(item.options)
    free = iter(sorted((o.id for o in item.options if o.id not in kept), key=lambda o: _key(seed, item.id, o)))
    return tuple(option.id if option.id in kept else next(free) for option in item.options)


def _form(name: str, chosen: Sequence[BankItem], bank: Bank, blueprint: Blueprint, seed: str) -> Form:
    asked = sorted(chosen, key=lambda each: _key(seed, "place", each.id))
    return Form(
        name=name,
        seed=seed,
        bank=bank.code,
        bank_version=str(bank.version),
        bank_digest=bank.digest,
        blueprint=blueprint.as_data(),
        places=tuple(_place(each, seed) for each in asked),
    )


def _place(each: BankItem, seed: str) -> Place:
    item = each.item
    return Place(item.id, item.digest, each.domain, order(item, seed), each.trial)


def _draw(items: Sequence[BankItem], blueprint: Blueprint, seed: str) -> list[BankItem] | None:
    """One greedy draw in the seed's order; None where enemies left a cell short."""
    shuffled = sorted(items, key=lambda each: _key(seed, "draw", each.id))
    chosen: list[BankItem] = []
    for cell in blueprint.cells:
        got = list(_take(cell.count, filter(cell.takes, shuffled), chosen))
        if len(got) < cell.count:
            return None
    on_trial = list(_take(blueprint.trial, (each for each in shuffled if each.trial), chosen))
    return chosen if len(on_trial) == blueprint.trial else None


def _take(count: int, candidates: Iterable[BankItem], chosen: list[BankItem]) -> Iterator[BankItem]:
    """Moves up to `count` candidates that get along with all `chosen` into it."""
    for each in candidates:
        if count == 0:
            return
        if each not in chosen and not any(_enemies(each, other) for other in chosen):
            chosen.append(each)
            count -= 1
            yield each


def _enemies(one: BankItem, other: BankItem) -> bool:
    return other.id in one.enemies or one.id in other.enemies


def _meetings(name: str, chosen: Sequence[BankItem]) -> list[str]:
    pairs = [(a, b) for at, a in enumerate(chosen) for b in chosen[at + 1 :] if _enemies(a, b)]
    return [f"Form {name} holds {a.id} and {b.id}, which must not stand together." for a, b in pairs]


def _key(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()
