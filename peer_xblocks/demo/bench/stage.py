"""A demo site of its own to measure on: a fresh database, one course, people; gone afterwards."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import django
from django.core.management import call_command
from django.db import connection

from peer_xblocks.demo.place import Place

SETTINGS = "peer_xblocks.demo.bench.settings"
COURSE = "course-v1:Bench+CE1+2026"


@dataclass(frozen=True)
class Stage:
    """Where a benchmark runs: the directory of its demo and what its database is called in print."""

    place: Place
    database: str


@contextmanager
def stage(port: int = 8500) -> Iterator[Stage]:
    """Django on a fresh database: `PEER_POSTGRES` where it is named, else SQLite in a temporary directory."""
    server = os.environ.get("PEER_POSTGRES", "")
    with tempfile.TemporaryDirectory(prefix="peer-bench-") as folder, _database(server) as address:
        place = Place(Path(folder), port)
        os.environ.update(place.site_environment(os.environ))
        os.environ.update({"DJANGO_SETTINGS_MODULE": SETTINGS, "PEER_BENCH_DATABASE": address})
        django.setup()
        call_command("migrate", verbosity=0)
        try:
            yield Stage(place, f"{connection.vendor} {_version()}")
        finally:
            connection.close()


@contextmanager
def _database(server: str) -> Iterator[str]:
    if not server:
        yield ""
        return
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is named

    name = f"peer_bench_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select sqlite_version()" if connection.vendor == "sqlite" else "show server_version")
        return str(cursor.fetchone()[0]).split()[0]


def people(count: int) -> list[Any]:
    """Made-up learners, enrolled in the bench's course."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - after django.setup

    from peer_xblocks.demo.models import Enrolment  # noqa: PLC0415
    from peer_xblocks.learner.models import Learner  # noqa: PLC0415

    model = get_user_model()
    made = model.objects.bulk_create(
        [model(username=f"bench{n}", email=f"bench{n}@example.invalid") for n in range(count)]
    )
    Enrolment.objects.bulk_create([Enrolment(user_id=each.pk, course=COURSE) for each in made])
    Learner.objects.bulk_create([Learner(user_id=each.pk) for each in made])
    return list(made)
