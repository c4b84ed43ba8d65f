"""A completion as a registry reads it: who, which course, how many minutes, which checks. In whole minutes, rounded down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from peer_xblocks.certification.requirements import Asked, Credit, Module, Standing
from peer_xblocks.wire import completion

PARTS = ("credited", "self_paced", "offline_attested", "live", "make_up", "entered")
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


@dataclass(frozen=True, slots=True)
class Exam:
    """The exam as a registry needs it: which one, the attempt that passed, its sitting, when (Unix seconds)."""

    code: str
    attempt: int
    sitting: UUID
    at: int


@dataclass(frozen=True, slots=True)
class Text:
    """A text that was signed: its title, the SHA-256 of what was shown, its version, when (Unix seconds)."""

    title: str
    sha256: str
    version: str
    at: int


@dataclass(frozen=True, slots=True)
class Allowed:
    """An exception: something that was allowed in place of what the site observes: what, by whom, when (Unix seconds)."""

    what: str
    by: str
    at: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a report says beside minutes and checks. Never a word of a story, a note or an answer."""

    exam: Exam | None = None
    texts: tuple[Text, ...] = ()
    exceptions: tuple[Allowed, ...] = ()


def draft(
    done: Done, course: Course, site: Site, asked: Asked, standing: Standing, evidence: Evidence = Evidence()
) -> dict[str, Any]:
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
        "exam": _exam(evidence.exam),
        "texts": [
            {"title": each.title[:TITLE], "sha256": each.sha256, "version": each.version[:64], "signed_at": at(each.at)}
            for each in evidence.texts
        ],
        "exceptions": [
            {"what": each.what[:200], "approved_by": each.by[:64], "at": at(each.at)} for each in evidence.exceptions
        ],
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


def at(second: int) -> str:
    """A moment in Unix seconds as reports write it."""
    return moment(datetime.fromtimestamp(second, UTC))


def _exam(exam: Exam | None) -> dict[str, Any] | None:
    if exam is None:
        return None
    return {"exam": exam.code[:64], "attempt": exam.attempt, "sitting": str(exam.sitting), "passed_at": at(exam.at)}


def _capped(module: Module, credit: Credit) -> Credit:
    """Credit up to what the module asks for: more was not asked for, so more is not reported."""
    observed = min(credit.self_paced, module.alone)
    offline = min(credit.offline, module.alone - observed)
    live = min(credit.live, module.live)
    make_up = min(credit.make_up, module.live - live)
    entered = min(credit.entered_alone, module.alone - observed - offline)
    return Credit(observed, offline, live, make_up, entered, min(credit.entered_live, module.live - live - make_up))


def _sum(credits: list[Credit]) -> Credit:
    return Credit(
        sum(each.self_paced for each in credits),
        sum(each.offline for each in credits),
        sum(each.live for each in credits),
        sum(each.make_up for each in credits),
        sum(each.entered_alone for each in credits),
        sum(each.entered_live for each in credits),
    )


def _minutes(needed: int, credit: Credit) -> dict[str, int]:
    figures = (credit.seconds, credit.self_paced, credit.offline, credit.live, credit.make_up, credit.entered)
    return {"required": needed // 60, **{part: value // 60 for part, value in zip(PARTS, figures, strict=True)}}


def _checks(asked: Asked, standing: Standing) -> list[dict[str, str]]:
    found = []
    for check in asked.checks:
        if check.usage in standing.passed:
            module = asked.module_of(check)
            passed = at(standing.passed[check.usage])
            title = check.title[:TITLE]
            found.append({"title": title, "module": module.id[:64] if module else "", "passed_at": passed})
    return found
