"""The modules of a course as its author set them, and which module a unit belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from peer_xblocks.compat import BlockFacts, platform

TYPES = ("peer_module", "peer_check")


@dataclass(frozen=True, slots=True)
class Check:
    """A knowledge check of a module: what it is called and where it stands."""

    usage: str
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class Module:
    """A module: its id, its self-paced and live seconds, its units that are held live, its checks, and
    whether it is an outline without pages."""

    id: str
    usage: str
    title: str
    unit: str
    subsection: str
    planned: int
    live: int
    live_units: tuple[str, ...]
    checks: tuple[Check, ...]
    outline_only: bool = False

    def is_live(self, unit: str) -> bool:
        """Whether a unit (its usage key as text) is held live, so that time on its page earns nothing."""
        return unit.rsplit("@", 1)[-1] in self.live_units


def of_course(course: str) -> list[Module]:
    """The modules of a course in course order; a block without a module id is left out until its author names it."""
    facts = platform().blocks(course, TYPES)
    return [_module(each, facts) for each in facts if each.type == "peer_module" and each.fields.get("module_id")]


def of_subsection(course: str, subsection: str) -> Module | None:
    """The module that a subsection holds: its first."""
    return next((each for each in of_course(course) if each.subsection == subsection), None)


def of_id(course: str, module: str) -> Module | None:
    """The module of that id."""
    return next((each for each in of_course(course) if each.id == module), None)


def _module(facts: BlockFacts, all_facts: Sequence[BlockFacts]) -> Module:
    checks = (each for each in all_facts if each.type == "peer_check" and each.subsection == facts.subsection)
    return Module(
        id=facts.fields["module_id"],
        usage=facts.usage,
        title=facts.title,
        unit=facts.unit,
        subsection=facts.subsection,
        planned=60 * (facts.fields.get("self_minutes") or 0),
        live=60 * (facts.fields.get("live_minutes") or 0),
        live_units=tuple(facts.fields.get("live_units") or ()),
        checks=tuple(Check(each.usage, each.title, each.unit) for each in checks),
        outline_only=bool(facts.fields.get("outline_only")),
    )
