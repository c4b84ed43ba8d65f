"""What site and registry have on record, read from their databases."""

from __future__ import annotations

import sqlite3
from contextlib import closing

SPANS = """
select entry.start, entry."end" from peer_hours_entry entry
join peer_learner_learner learner on learner.id = entry.learner
join auth_user account on account.id = learner.user_id
where account.username = ? and entry."end" > ? and entry.start < entry."end" and entry.reverses_id is null
order by entry.start
"""


def credit(demo, username: str, since: int) -> list[tuple[int, int]]:
    """The spans of a learner's credit after a moment."""
    return _ask(demo.place.root / "site.sqlite3", SPANS, username, since)


def ledger(demo) -> int:
    """How many entries the registry's ledger has."""
    return _ask(demo.place.root / "registry.sqlite3", "select count(*) from peer_registry_entry")[0][0]


def _ask(file, question, *values):
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=20)) as base:
        return base.execute(question, values).fetchall()
