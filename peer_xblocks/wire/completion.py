"""A completion report: its key, what it must hold, how a person is matched without an address being sent."""

from __future__ import annotations

import base64
import hashlib
import hmac
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from peer_xblocks.wire import schema
from peer_xblocks.wire.canonical import NotCanonical, canonical

SCHEMA = "completion.v1"
MOST_BYTES = 20 * 1024
#: Further from now no report is made; and near the ends of the calendar a time has no day in every zone.
YEARS = range(2000, 2200)


class ReportRefused(ValueError):
    """A report that may not travel; `problems` says where, never what was written there."""

    def __init__(self, problems: list[str]):
        super().__init__("; ".join(problems))
        self.problems = problems


def key(programme: str, course_run: str, learner: str, kind: str, cycle: str) -> str:
    """The name of one completion: the same five facts always give the same 52 letters and digits."""
    facts = {"programme": programme, "course_run": course_run, "learner": learner, "kind": kind, "cycle": cycle}
    return base64.b32encode(hashlib.sha256(canonical(facts)).digest()).decode("ascii").rstrip("=")


def webhook_id(completion_key: str, version: int) -> str:
    """The name of one version of one completion: the report's id, and the id of each request that carries it."""
    return f"{completion_key}_v{version}"


def email_hash(email: str, salt: str) -> str:
    """What a registry can match a person by: HMAC-SHA256 of the folded address under a salt that both sides hold."""
    folded = unicodedata.normalize("NFKC", email).strip().casefold()
    return hmac.new(salt.encode(), folded.encode(), hashlib.sha256).hexdigest()


def check(report: Any) -> None:
    """Returns where `report` meets the schema, its ids follow from its content, and it fits into one request.

    Raises `ReportRefused`.
    """
    found = schema.problems(SCHEMA, report) or _contradictions(report)
    if found:
        raise ReportRefused(found)


def _contradictions(report: Mapping[str, Any]) -> list[str]:
    course, learner = report["course"]["key"], report["learner"]["uuid"]
    expected = key(report["programme"], course, learner, report["kind"], report["cycle"])
    found = []
    if report["completion_key"] != expected:
        found.append("completion_key does not follow from programme, course, learner, kind and cycle")
    if report["report_id"] != webhook_id(report["completion_key"], report["version"]):
        found.append("report_id does not follow from completion_key and version")
    if (report["supersedes"] is None) != (report["version"] == 1):
        found.append("supersedes is empty in version 1 and only there")
    return found or _times(report) or _size(report)


def _times(report: Mapping[str, Any]) -> list[str]:
    times = {name: report[name] for name in ("issued_at", "completed_at")}
    times |= {f"checks.{at}.passed_at": each["passed_at"] for at, each in enumerate(report["checks"])}
    times |= {f"texts.{at}.signed_at": each["signed_at"] for at, each in enumerate(report["texts"])}
    times |= {f"exceptions.{at}.at": each["at"] for at, each in enumerate(report["exceptions"])}
    times |= {"exam.passed_at": report["exam"]["passed_at"]} if report["exam"] else {}
    return [
        f"{name} is no time of the years {YEARS[0]} to {YEARS[-1]}"
        for name, text in times.items()
        if not _is_time(text)
    ]


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).year in YEARS
    except ValueError:
        return False


def _size(report: Mapping[str, Any]) -> list[str]:
    try:
        size = len(canonical(report))
    except NotCanonical as error:
        return [str(error)]
    return [f"the report is larger than {MOST_BYTES} bytes"] if size > MOST_BYTES else []
