"""A report to start from, and fixed vectors as data."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

from peer_xblocks.wire import completion

VECTORS = Path(__file__).parent / "vectors"
LEARNER = "6f1f6f0e-6b0f-4b37-9a53-0f4f8a3f9d11"
COURSE = "course-v1:Test+CE1+2026"


def vectors(name: str) -> Any:
    """The vectors of one file."""
    return json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))


def report(**changed: Any) -> dict[str, Any]:
    """A report that meets the schema, with parts replaced."""
    return deepcopy({**_report(changed.get("version", 1)), **changed})


def _report(version: int) -> dict[str, Any]:
    key = completion.key("alabama", COURSE, LEARNER, "ce", "1")
    minutes = {
        "required": 30,
        "credited": 30,
        "self_paced": 28,
        "offline_attested": 2,
        "live": 0,
        "make_up": 0,
        "entered": 0,
    }
    whole = {name: 2 * value for name, value in minutes.items()}
    modules = [{"module": f"CE-BND-{n}", "title": f"Module {n}", **minutes} for n in (1, 2)]
    return {
        "schema_version": 1,
        "report_id": completion.webhook_id(key, version),
        "completion_key": key,
        "version": version,
        "supersedes": None if version == 1 else completion.webhook_id(key, version - 1),
        "stands": True,
        "issued_at": "2026-03-01T18:00:00Z",
        "completed_at": "2026-03-01T17:59:58Z",
        "issuer": "demo-lms",
        "programme": "alabama",
        "live": False,
        "kind": "ce",
        "category": "ethics",
        "track": "",
        "cycle": "1",
        "provider": "Office of Peer Programs",
        "course": {"key": COURSE, "title": "Boundaries in peer support", "version": "1.0"},
        "learner": {
            "uuid": LEARNER,
            "name": "Ana Ruiz",
            "email_hash": completion.email_hash("ana@example.org", "salt"),
        },
        "minutes": {**whole, "by_module": modules},
        "checks": [{"title": "Check 1", "module": "CE-BND-1", "passed_at": "2026-03-01T17:20:00Z"}],
        "exam": None,
        "texts": [],
        "exceptions": [],
    }
