"""What a course asks for, read from the settings that its authors made."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from peer_xblocks.activity.attestation.document import in_force
from peer_xblocks.certification.requirements import Asked, Check, Kind, Module, Task
from peer_xblocks.compat import BlockFacts, platform
from peer_xblocks.plugin import programme
from peer_xblocks.programme import Programme
from peer_xblocks.wire.canonical import digest

TYPES = ("peer_module", "peer_check", "peer_attestation", "peer_story", "peer_exam", "peer_progress")
TASKS = {"peer_attestation": Kind.TEXT, "peer_story": Kind.STORY, "peer_exam": Kind.EXAM}
PRACTICE = Task(Kind.PRACTICE, "Practice that a trainer watched", "practice")


@dataclass(frozen=True, slots=True)
class Goal:
    """What a course completes: a line of continuing education ("ce") or the training of a track ("track")."""

    kind: str
    track: str
    category: str
    provider: str
    usage: str


@dataclass(frozen=True, slots=True)
class Outline:
    """A course as its authors set it: what it asks for, and what it completes (None: nothing is reported)."""

    asked: Asked
    goal: Goal | None


def of(course: str) -> Outline:
    """The outline of a course as published."""
    blocks = platform().blocks(course, TYPES)
    goal = next((_goal(each) for each in blocks if each.type == "peer_progress"), None)
    modules = tuple(_module(each) for each in blocks if each.type == "peer_module")
    checks = (Check(each.title, each.usage, each.unit, each.subsection) for each in blocks if each.type == "peer_check")
    return Outline(Asked(modules, tuple(checks), _tasks(blocks, goal, programme())), goal)


def version(asked: Asked) -> str:
    """A short name for just this content: it changes with any module, figure or check."""
    return digest(as_json(asked))[:12]


def as_json(asked: Asked) -> dict[str, Any]:
    """What was asked for, as JSON."""
    found = {"modules": [asdict(each) for each in asked.modules], "checks": [asdict(each) for each in asked.checks]}
    return found | ({"tasks": [asdict(each) for each in asked.tasks]} if asked.tasks else {})


def as_text(asked: Asked) -> str:
    """What was asked for, as a record keeps it."""
    return json.dumps(as_json(asked))


def from_text(text: str) -> Asked:
    """What a record kept."""
    kept = json.loads(text)
    tasks = (Task(**{**each, "kind": Kind(each["kind"])}) for each in kept.get("tasks", ()))
    modules, checks = (Module(**each) for each in kept["modules"]), (Check(**each) for each in kept["checks"])
    return Asked(tuple(modules), tuple(checks), tuple(tasks))


def _tasks(blocks: Sequence[BlockFacts], goal: Goal | None, rules: Programme) -> tuple[Task, ...]:
    """What is done or not yet. A text that its author puts in a course is asked for; story, exam and practice belong to
    the training of a track, as far as the programme asks for them."""
    track = goal.track if goal and goal.kind == "track" else ""
    wanted = {Kind.TEXT} | {kind for kind in (Kind.STORY, Kind.EXAM) if rules.asks(str(kind), track)}
    found = [
        Task(TASKS[each.type], each.title, each.usage, each.unit)
        for each in blocks
        if each.type in TASKS and TASKS[each.type] in wanted and _counts(each, rules)
    ]
    return (*found, *([PRACTICE] if rules.asks("practice", track) else []))


def _counts(block: BlockFacts, rules: Programme) -> bool:
    """Whether the course asks for this block: a story its author requires, a text that is there, an exam not for practice."""
    fields = block.fields
    if block.type == "peer_story":
        return bool(fields.get("required", True))
    if block.type == "peer_attestation":
        own, version, source = (str(fields.get(name) or "") for name in ("text", "version", "source"))
        return in_force(own, version, source, rules) is not None
    exam = rules.exams.get(str(fields.get("exam") or ""))
    return exam is not None and exam.purpose != "practice"


def _module(block: BlockFacts) -> Module:
    fields = block.fields
    return Module(
        id=str(fields.get("module_id") or block.usage),
        title=block.title,
        usage=block.usage,
        unit=block.unit,
        subsection=block.subsection,
        alone=_seconds(fields, "self_minutes"),
        live=_seconds(fields, "live_minutes"),
    )


def _seconds(fields: Mapping[str, Any], name: str) -> int:
    return max(0, int(fields.get(name) or 0)) * 60


def _goal(block: BlockFacts) -> Goal:
    fields = block.fields
    return Goal(
        kind=str(fields.get("completes") or "ce"),
        track=str(fields.get("track") or ""),
        category=str(fields.get("category") or ""),
        provider=str(fields.get("provider") or ""),
        usage=block.usage,
    )
