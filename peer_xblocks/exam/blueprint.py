"""What an exam asks: how many questions of which domain and level count, and how many are tried out beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from peer_xblocks.exam.bank import BankItem


class BlueprintRefused(ValueError):
    """A blueprint that cannot be read; says where and what to do."""


@dataclass(frozen=True, slots=True)
class Cell:
    """So many counted questions of a domain; of one level alone where `level` names it."""

    domain: str
    level: str
    count: int

    def takes(self, each: BankItem) -> bool:
        """Whether an item may stand in this cell."""
        return not each.trial and each.domain == self.domain and self.level in ("", each.level)

    def __str__(self) -> str:
        return f"{self.domain} {self.level}".strip()


@dataclass(frozen=True, slots=True)
class Blueprint:
    """The cells of an exam, those of one level first, and the number of trial questions, which never count."""

    cells: tuple[Cell, ...]
    trial: int = 0

    @property
    def counted(self) -> int:
        """How many questions count."""
        return sum(cell.count for cell in self.cells)

    @property
    def length(self) -> int:
        """How many questions a form asks."""
        return self.counted + self.trial

    def as_data(self) -> dict[str, object]:
        """The blueprint as a form keeps it."""
        return {"cells": [[cell.domain, cell.level, cell.count] for cell in self.cells], "trial": self.trial}


@dataclass(frozen=True, slots=True)
class Lack:
    """A cell that a bank cannot fill: how many it asks for, how many there are. `cell` is "trial" for those."""

    cell: str
    need: int
    have: int

    def __str__(self) -> str:
        return f"{self.cell}: {self.need} needed, {self.have} in the bank; add {self.need - self.have}."


def read(cells: Mapping[str, object], trial: int = 0) -> Blueprint:
    """The blueprint of a programme file: domain → count, or domain → level → count.

    >>> read({"D1": 3, "D4": {"recall": 1, "vignette": 2}}, trial=4).length
    10
    """
    found: list[Cell] = []
    for domain, asked in cells.items():
        by_level = asked if isinstance(asked, Mapping) else {"": asked}
        found += [Cell(domain, str(level), _count(count, domain)) for level, count in by_level.items()]
    if not found:
        raise BlueprintRefused("The blueprint asks for no question; name at least one domain with its number.")
    return Blueprint(tuple(sorted(found, key=lambda cell: cell.level == "")), _count(trial, "trial", least=0))


def lacking(blueprint: Blueprint, items: Iterable[BankItem]) -> tuple[Lack, ...]:
    """What a bank of these items lacks; empty where every cell has enough. Enemies are the form's own matter."""
    pool = list(items)
    lacks = [_lack(str(cell), cell.count, sum(map(cell.takes, pool))) for cell in blueprint.cells]
    for domain in {cell.domain for cell in blueprint.cells}:
        lacks.append(_lack(domain, *_of_domain(blueprint, domain, pool)))
    lacks.append(_lack("trial", blueprint.trial, sum(each.trial for each in pool)))
    return tuple(sorted({lack for lack in lacks if lack is not None}, key=lambda lack: lack.cell))


def _of_domain(blueprint: Blueprint, domain: str, pool: list[BankItem]) -> tuple[int, int]:
    """A cell without a level draws from what the others of its domain leave."""
    need = sum(cell.count for cell in blueprint.cells if cell.domain == domain)
    return need, sum(Cell(domain, "", 0).takes(each) for each in pool)


def _lack(cell: str, need: int, have: int) -> Lack | None:
    return Lack(cell, need, have) if have < need else None


def _count(value: object, where: str, least: int = 1) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= 500:
        raise BlueprintRefused(f"The blueprint's number for {where} must be a whole number from {least} to 500.")
    return value
