"""What a course asks for, how much of it a learner has, and whether that is enough. In seconds; nothing is rounded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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


class Kind(StrEnum):
    """What sort of thing is asked for."""

    ALONE = "alone"
    LIVE = "live"
    CHECK = "check"
    TEXT = "text"
    STORY = "story"
    EXAM = "exam"
    PRACTICE = "practice"


TASKS = (Kind.TEXT, Kind.STORY, Kind.EXAM, Kind.PRACTICE)
"""The kinds that are done or not yet, beside hours and checks."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that is done or not yet: a text to sign, a story, the exam, practice that a trainer watches.

    `usage` is its block's key; practice has no block, so its usage names the kind and its unit is empty.
    """

    kind: Kind
    title: str
    usage: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """All that a course asks for, in course order."""

    modules: tuple[Module, ...] = ()
    checks: tuple[Check, ...] = ()
    tasks: tuple[Task, ...] = ()

    def checks_of(self, module: Module) -> tuple[Check, ...]:
        """The checks that belong to a module: those of its subsection."""
        return tuple(each for each in self.checks if each.subsection == module.subsection)

    def module_of(self, check: Check) -> Module | None:
        """The module that a check belongs to."""
        return next((each for each in self.modules if each.subsection == check.subsection), None)


@dataclass(frozen=True, slots=True)
class Credit:
    """The seconds that a learner has in one module: by how they were observed, and what staff entered instead."""

    self_paced: int = 0
    offline: int = 0
    live: int = 0
    make_up: int = 0
    entered_alone: int = 0
    entered_live: int = 0

    @property
    def alone(self) -> int:
        """What counts towards the self-paced plan."""
        return self.self_paced + self.offline + self.entered_alone

    @property
    def attended(self) -> int:
        """What counts towards the live plan; made-up time stands for missed sessions."""
        return self.live + self.make_up + self.entered_live

    @property
    def entered(self) -> int:
        """What staff entered instead of what the site observes."""
        return self.entered_alone + self.entered_live

    @property
    def seconds(self) -> int:
        """All of it."""
        return self.alone + self.attended


@dataclass(frozen=True, slots=True)
class Standing:
    """What a learner has: credit by module id; when each check was passed and each task done (Unix seconds), by usage."""

    credit: Mapping[str, Credit]
    passed: Mapping[str, int]
    done: Mapping[str, int] = field(default_factory=dict)

    def of(self, module: Module) -> Credit:
        """The credit in a module."""
        return self.credit.get(module.id, Credit())


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
    """Every requirement of a course as a learner stands: module by module, each followed by its checks, then the tasks.

    >>> [each.met for each in of(Asked((Module("C1", "One", "m", "u", "s", 60),)), Standing({"C1": Credit(59)}, {}))]
    [False]
    """
    found = []
    for module in asked.modules:
        found += _of_module(module, standing)
        found += [_of_check(check, standing) for check in asked.checks_of(module)]
    found += [_of_check(check, standing) for check in asked.checks if asked.module_of(check) is None]
    return found + [_of_task(task, standing) for task in asked.tasks]


def complete(asked: Asked, standing: Standing) -> bool:
    """Whether all is there. A course that asks for no contact time completes nobody."""
    return sum(each.alone + each.live for each in asked.modules) > 0 and all(each.met for each in of(asked, standing))


def module_complete(module: Module, asked: Asked, standing: Standing) -> bool:
    """Whether a module has its seconds and its checks."""
    checks = [_of_check(check, standing) for check in asked.checks_of(module)]
    return all(each.met for each in [*_of_module(module, standing), *checks])


def seconds(asked: Asked, standing: Standing) -> int:
    """The contact seconds that count towards what is asked for: in no module more than it asks."""
    hours = [each for module in asked.modules for each in _of_module(module, standing)]
    return sum(each.have for each in hours)


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


def _of_task(task: Task, standing: Standing) -> Requirement:
    return Requirement(task.kind, task.title, int(task.usage in standing.done), 1, task.usage, task.unit)
