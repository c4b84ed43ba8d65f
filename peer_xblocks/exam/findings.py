"""What keeps a bank from being loaded, and what its officer should look at once more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from peer_xblocks.course import prose
from peer_xblocks.exam.bank import LEVELS, Bank, BankItem
from peer_xblocks.item.item import LEVELS as CHECK_LEVELS
from peer_xblocks.item.item import Item
from peer_xblocks.item.likeness import pairs
from peer_xblocks.item.lint import Fault, Rules, key_balance, of_one
from peer_xblocks.item.text import plain

#: Three good answers are enough, five are the most; feedback to each is a check's, not an exam's.
EXAM = Rules(
    fewest=3, most=5, levels=tuple(dict.fromkeys((*LEVELS, *CHECK_LEVELS))), feedback=False, true_or_false=False
)
#: An item that breaks one of these cannot be asked, scored or placed in a form.
GRAVE = frozenset({"words", "count", "empty", "twins", "others", "key", "level", "domain", "same", "enemies", "id"})
#: Where a bank decides about people, each key also says why it is right and where that is written.
GRAVE_TO_DECIDE = GRAVE | {"reason", "source"}
#: A school grade above which an item is named. Stems are short, so one long word moves theirs by whole grades.
MOST_GRADE = 12
#: Answers may differ by so many characters, or by so many times, before their length tells something.
MOST_CHARACTERS, MOST_TIMES = 40, 2
FEWEST_TO_COMPARE, MOST_LONGEST = 12, 0.5


def findings(bank: Bank, places: Sequence[str] = ()) -> list[Fault]:
    """Every fault of a bank; `places` says where each of its items stands in a file, "item 1" on, if it is not given."""
    names = list(places) or [f"item {at}, {each.id}" for at, each in enumerate(bank.items, 1)]
    items = [each.item for each in bank.items]
    found = [*_single(items, names), *_ids(items, names), *_enemies(bank, names), *_alike(bank, names), *_whole(items)]
    grave = GRAVE_TO_DECIDE if bank.status == "deciding" else GRAVE
    return [replace(fault, grave=True) if fault.rule in grave else fault for fault in found]


def _single(items: Sequence[Item], names: Sequence[str]) -> Iterator[Fault]:
    for item, name in zip(items, names, strict=True):
        yield from of_one(item, name, ("level", "domain"), EXAM)
        yield from _lengths(item, name)
        yield from _grade(item, name)


def _lengths(item: Item, name: str) -> Iterator[Fault]:
    lengths = [len(plain(option.text)) for option in item.options]
    if lengths and max(lengths) - min(lengths) > MOST_CHARACTERS and max(lengths) > MOST_TIMES * min(lengths):
        what = f"Its answers have from {min(lengths)} to {max(lengths)} characters."
        yield Fault(name, what, "Make them about as long as each other.", item.id, "similar")


def _grade(item: Item, name: str) -> Iterator[Fault]:
    texts = [plain(item.stem), *(plain(option.text) for option in item.options)]
    grade = prose.grade(texts)
    if grade > MOST_GRADE:
        do = "Use shorter words and sentences; aim for grade 6 to 8."
        yield Fault(name, f"It reads at about school grade {grade:.0f}.", do, item.id, "grade")


def _ids(items: Sequence[Item], names: Sequence[str]) -> Iterator[Fault]:
    """Ids are told apart without capitals: not every database tells them apart with them."""
    first: dict[str, str] = {}
    for item, name in zip(items, names, strict=True):
        before = first.setdefault(item.id.casefold(), name)
        if before != name:
            yield Fault(name, f"It has the id of {before}.", "Give each item an id of its own.", item.id, "id")


def _enemies(bank: Bank, names: Sequence[str]) -> Iterator[Fault]:
    known = {each.id for each in bank.items}
    for each, name in zip(bank.items, names, strict=True):
        for enemy in each.enemies:
            if enemy == each.id or enemy not in known:
                what = (
                    "It names itself as an enemy." if enemy == each.id else f"Its enemy “{enemy}” is not in this bank."
                )
                yield Fault(name, what, "Name ids of other items of this bank, or none.", each.id, "enemies")


def _alike(bank: Bank, names: Sequence[str]) -> Iterator[Fault]:
    def enemies(one: int, other: int) -> bool:
        first, second = bank.items[one], bank.items[other]
        return second.id in first.enemies or first.id in second.enemies

    for at, other in pairs([each.item for each in bank.items], enemies):
        one, two = bank.items[at].item, bank.items[other].item
        same = plain(one.stem).casefold() == plain(two.stem).casefold()
        what = f"It asks {'the same' if same else 'nearly the same'} as {names[other]}."
        do = f"Keep one, or name {two.id} as its enemy, so that no form asks both."
        yield Fault(names[at], what, do, one.id, "same" if same else "near")


def _whole(items: Sequence[Item]) -> Iterator[Fault]:
    yield from key_balance(items)
    longest = [found for item in items if (found := _key_is_longest(item)) is not None]
    if len(longest) >= FEWEST_TO_COMPARE and sum(longest) > MOST_LONGEST * len(longest):
        what = f"The right answer is the longest in {sum(longest)} of {len(longest)}."
        yield Fault("All questions", what, "Who takes the longest answer should not gain by it.", rule="longest")


def _key_is_longest(item: Item) -> bool | None:
    """Whether the one right answer is longer than each other; None where there is not one."""
    key = [len(plain(option.text)) for option in item.options if option.right]
    rest = [len(plain(option.text)) for option in item.options if not option.right]
    return key[0] > max(rest) if len(key) == 1 and rest else None


def counts(items: Sequence[BankItem]) -> dict[tuple[str, str], int]:
    """How many scored items there are in each cell (domain, level) of a blueprint; trial items stand under "trial"."""
    made: dict[tuple[str, str], int] = {}
    for each in items:
        cell = (each.domain, "trial" if each.trial else each.level)
        made[cell] = made.get(cell, 0) + 1
    return made
