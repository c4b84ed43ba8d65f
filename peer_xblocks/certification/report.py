"""A completion as a registry reads it: who, which course, how many minutes, which checks. In whole minutes, rounded down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from peer_xblocks.certification.requirements import Asked, Credit, Module, Standing
from peer_xblocks.wire import completion

PARTS = ("credited", "self_paced", "offline_attested", "live", "make_up")
TITLE = 80


@dataclass(frozen=True, slots=True)
class Done:
    """A completion in one of its versions."""

    key: str
    version: int
    stands: bool
    at: datetime
    learner: UUID
    kind: str
    cycle: str


@dataclass(frozen=True, slots=True)
class Course:
    """The course run that was completed, and what it counts as."""

    key: str
    title: str
    version: str
    track: str
    category: str
    provider: str


@dataclass(frozen=True, slots=True)
class Site:
    """Who reports: the site as the registry knows it, its programme, whether it decides about people."""

    issuer: str
    programme: str
    live: bool


def draft(done: Done, course: Course, site: Site, asked: Asked, standing: Standing) -> dict[str, Any]:
    """The report without what only `finished` knows: the name, the address's hash, the time of issue."""
    return {
        "schema_version": 1,
        "report_id": completion.webhook_id(done.key, done.version),
        "completion_key": done.key,
        "version": done.version,
        "supersedes": completion.webhook_id(done.key, done.version - 1) if done.version > 1 else None,
        "stands": done.stands,
        "issued_at": "",
        "completed_at": moment(done.at),
        "issuer": site.issuer,
        "programme": site.programme,
        "live": site.live,
        "kind": done.kind,
        "category": course.category[:64],
        "track": course.track[:16],
        "cycle": done.cycle,
        "provider": course.provider[:200],
        "course": {"key": course.key, "title": course.title[:255], "version": course.version},
        "learner": {"uuid": str(done.learner), "name": "", "email_hash": ""},
        "minutes": minutes(asked, standing),
        "checks": _checks(asked, standing),
        "exceptions": [],
    }


def finished(drafted: Mapping[str, Any], *, name: str, email_hash: str, issuer: str, now: datetime) -> dict[str, Any]:
    """The report that is sent. Raises `completion.ReportRefused` where it may not travel."""
    learner = {**drafted["learner"], "name": name, "email_hash": email_hash}
    report = {**drafted, "issuer": issuer, "issued_at": moment(now), "learner": learner}
    completion.check(report)
    return report


def minutes(asked: Asked, standing: Standing) -> dict[str, Any]:
    """What was required and credited, in all and by module.

    >>> minutes(Asked((Module("C1", "One", "m", "u", "s", 1800),)), Standing({"C1": Credit(1795, 5)}, {}))["credited"]
    30
    """
    pairs = [(module, _capped(module, standing.of(module))) for module in asked.modules]
    whole = [_minutes(module.alone + module.live, credit) for module, credit in pairs]
    rows = [
        {"module": module.id[:64], "title": module.title[:TITLE], **each}
        for (module, _), each in zip(pairs, whole, strict=True)
    ]
    needed = sum(module.alone + module.live for module in asked.modules)
    return {**_minutes(needed, _sum([credit for _, credit in pairs])), "by_module": rows}


def moment(at: datetime) -> str:
    """A moment as reports write it: UTC, whole seconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _capped(module: Module, credit: Credit) -> Credit:
    """Credit up to what the module asks for: more was not asked for, so more is not reported."""
    offline = min(credit.offline, max(0, module.alone - credit.self_paced))
    live = min(credit.live, module.live)
    return Credit(min(credit.self_paced, module.alone), offline, live, min(credit.make_up, module.live - live))


def _sum(credits: list[Credit]) -> Credit:
    return Credit(
        sum(each.self_paced for each in credits),
        sum(each.offline for each in credits),
        sum(each.live for each in credits),
        sum(each.make_up for each in credits),
    )


def _minutes(needed: int, credit: Credit) -> dict[str, int]:
    figures = (credit.seconds, credit.self_paced, credit.offline, credit.live, credit.make_up)
    return {"required": needed // 60, **{part: value // 60 for part, value in zip(PARTS, figures, strict=True)}}


def _checks(asked: Asked, standing: Standing) -> list[dict[str, str]]:
    found = []
    for check in asked.checks:
        if check.usage in standing.passed:
            module = asked.module_of(check)
            at = datetime.fromtimestamp(standing.passed[check.usage], UTC)
            title = check.title[:TITLE]
            found.append({"title": title, "module": module.id[:64] if module else "", "passed_at": moment(at)})
    return found
