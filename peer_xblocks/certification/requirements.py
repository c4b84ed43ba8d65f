"""What a course asks for, how much of it a learner has, and whether that is enough. In seconds; nothing is rounded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Module:
    """A module as the course asks for it: planned seconds to be earned alone and in live sessions."""

    id: str
    title: str
    usage: str
    unit: str
    subsection: str
    alone: int
    live: int = 0


@dataclass(frozen=True, slots=True)
class Check:
    """A knowledge check that has to be passed."""

    title: str
    usage: str
    unit: str
    subsection: str


@dataclass(frozen=True, slots=True)
class Asked:
    """All that a course asks for, in course order."""

    modules: tuple[Module, ...] = ()
    checks: tuple[Check, ...] = ()

    def checks_of(self, module: Module) -> tuple[Check, ...]:
        """The checks that belong to a module: those of its subsection."""
        return tuple(each for each in self.checks if each.subsection == module.subsection)

    def module_of(self, check: Check) -> Module | None:
        """The module that a check belongs to."""
        return next((each for each in self.modules if each.subsection == check.subsection), None)


@dataclass(frozen=True, slots=True)
class Credit:
    """The seconds that a learner has in one module, by how they were observed."""

    self_paced: int = 0
    offline: int = 0
    live: int = 0
    make_up: int = 0

    @property
    def alone(self) -> int:
        """What counts towards the self-paced plan."""
        return self.self_paced + self.offline

    @property
    def attended(self) -> int:
        """What counts towards the live plan; made-up time stands for missed sessions."""
        return self.live + self.make_up

    @property
    def seconds(self) -> int:
        """All of it."""
        return self.alone + self.attended


@dataclass(frozen=True, slots=True)
class Standing:
    """What a learner has: credit by module id, and when each check was passed (Unix seconds) by usage."""

    credit: Mapping[str, Credit]
    passed: Mapping[str, int]

    def of(self, module: Module) -> Credit:
        """The credit in a module."""
        return self.credit.get(module.id, Credit())


class Kind(StrEnum):
    """What sort of thing is asked for."""

    ALONE = "alone"
    LIVE = "live"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing asked for: how much is there, how much is needed (seconds, or 0 and 1), and the block to go to."""

    kind: Kind
    title: str
    have: int
    need: int
    usage: str
    unit: str

    @property
    def met(self) -> bool:
        """Whether it is there."""
        return self.have >= self.need


def of(asked: Asked, standing: Standing) -> list[Requirement]:
    """Every requirement of a course as a learner stands, module by module, each followed by its checks.

    >>> [each.met for each in of(Asked((Module("C1", "One", "m", "u", "s", 60),)), Standing({"C1": Credit(59)}, {}))]
    [False]
    """
    found = []
    for module in asked.modules:
        found += _of_module(module, standing)
        found += [_of_check(check, standing) for check in asked.checks_of(module)]
    return found + [_of_check(check, standing) for check in asked.checks if asked.module_of(check) is None]


def complete(asked: Asked, standing: Standing) -> bool:
    """Whether all is there. A course that asks for no contact time completes nobody."""
    return sum(each.alone + each.live for each in asked.modules) > 0 and all(each.met for each in of(asked, standing))


def module_complete(module: Module, asked: Asked, standing: Standing) -> bool:
    """Whether a module has its seconds and its checks."""
    checks = [_of_check(check, standing) for check in asked.checks_of(module)]
    return all(each.met for each in [*_of_module(module, standing), *checks])


def missing(requirements: Sequence[Requirement]) -> list[Requirement]:
    """What is still to do."""
    return [each for each in requirements if not each.met]


def _of_module(module: Module, standing: Standing) -> list[Requirement]:
    credit = standing.of(module)
    both = [(Kind.ALONE, credit.alone, module.alone), (Kind.LIVE, credit.attended, module.live)]
    return [
        Requirement(kind, module.title, min(have, need), need, module.usage, module.unit)
        for kind, have, need in both
        if need > 0
    ]


def _of_check(check: Check, standing: Standing) -> Requirement:
    return Requirement(Kind.CHECK, check.title, int(check.usage in standing.passed), 1, check.usage, check.unit)
