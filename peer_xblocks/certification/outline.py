"""What a course asks for, read from the settings that its authors made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from peer_xblocks.certification.requirements import Asked, Check, Module
from peer_xblocks.compat import BlockFacts, platform
from peer_xblocks.wire.canonical import digest

TYPES = ("peer_module", "peer_check", "peer_progress")


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
    asked = Asked(
        tuple(_module(each) for each in blocks if each.type == "peer_module"),
        tuple(
            Check(each.title, each.usage, each.unit, each.subsection) for each in blocks if each.type == "peer_check"
        ),
    )
    return Outline(asked, next((_goal(each) for each in blocks if each.type == "peer_progress"), None))


def version(asked: Asked) -> str:
    """A short name for just this content: it changes with any module, figure or check."""
    return digest(as_json(asked))[:12]


def as_json(asked: Asked) -> dict[str, Any]:
    """What was asked for, as JSON."""
    return {"modules": [asdict(each) for each in asked.modules], "checks": [asdict(each) for each in asked.checks]}


def as_text(asked: Asked) -> str:
    """What was asked for, as a record keeps it."""
    return json.dumps(as_json(asked))


def from_text(text: str) -> Asked:
    """What a record kept."""
    kept = json.loads(text)
    return Asked(tuple(Module(**each) for each in kept["modules"]), tuple(Check(**each) for each in kept["checks"]))


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
