"""Builders: a course site that signs reports, as one on the other side would."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from peer_xblocks import clock
from peer_xblocks.wire import completion, webhook
from peer_xblocks.wire.canonical import canonical
from peer_xblocks.wire.keys import SigningKey, new_signing_key

ADDRESS = "/v1/completions"
LEARNER = "7f3b1c52-0d8e-4d8f-9a51-0a8f6b1f3c11"
SALT = "a salt for tests"


@dataclass
class Site:
    """A course site known to the registry as `issuer`."""

    issuer: str = "course.example.org"
    key: SigningKey = field(default_factory=new_signing_key)

    def report(self, *, version: int = 1, **changes: Any) -> dict[str, Any]:
        """A report that holds; `changes` name a member, or with two underscores a member of a member."""
        made = copy.deepcopy(PLAIN) | {"issuer": self.issuer, "version": version}
        for name, value in changes.items():
            outer, _, inner = name.partition("__")
            if inner:
                made[outer][inner] = value
            else:
                made[outer] = value
        return named(made)

    def signed(self, report: Any, *, at: int | None = None, key: SigningKey | None = None) -> tuple[bytes, dict]:
        """The body of `report` and the headers that sign it."""
        body = report if isinstance(report, bytes) else canonical(report)
        report_id = report["report_id"] if isinstance(report, dict) else "x_v1"
        headers = webhook.headers(report_id, clock.epoch() if at is None else at, body, key or self.key)
        return body, headers

    def post(self, client: Any, report: Any, **how: Any) -> Any:
        """The registry's answer to `report`."""
        body, headers = self.signed(report, **how)
        return client.post(ADDRESS, body, content_type="application/json", headers=headers)


def named(report: dict[str, Any]) -> dict[str, Any]:
    """`report` with the ids that follow from its content."""
    key = completion.key(
        report["programme"], report["course"]["key"], report["learner"]["uuid"], report["kind"], report["cycle"]
    )
    before = None if report["version"] == 1 else completion.webhook_id(key, report["version"] - 1)
    return report | {
        "completion_key": key,
        "report_id": completion.webhook_id(key, report["version"]),
        "supersedes": before,
    }


_MINUTES = {
    "required": 60,
    "credited": 61,
    "self_paced": 61,
    "offline_attested": 0,
    "live": 0,
    "make_up": 0,
    "entered": 0,
}
PLAIN: dict[str, Any] = {
    "schema_version": 1,
    "version": 1,
    "stands": True,
    "issued_at": "2026-03-01T18:00:00Z",
    "completed_at": "2026-03-01T17:59:30Z",
    "programme": "alabama",
    "live": False,
    "kind": "ce",
    "category": "ethics",
    "track": "",
    "cycle": "2026",
    "provider": "Office of Peer Programs",
    "course": {"key": "course-v1:Peer+CE1+2026", "title": "Boundaries in peer support", "version": "1"},
    "learner": {
        "uuid": LEARNER,
        "name": "Ann Example",
        "email_hash": completion.email_hash("ann@example.org", SALT),
    },
    "minutes": {
        **_MINUTES,
        "by_module": [
            {"module": "CE-BND-1", "title": "Where the line is", **_MINUTES, "required": 30, "credited": 31},
            {"module": "CE-BND-2", "title": "Keeping it", **_MINUTES, "required": 30, "credited": 30},
        ],
    },
    "checks": [{"title": "Check 1", "module": "CE-BND-1", "passed_at": "2026-03-01T17:20:00Z"}],
    "exam": None,
    "texts": [],
    "exceptions": [],
}
