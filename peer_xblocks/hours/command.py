"""`peer-xblocks hours …`: the ledger's proof and its export."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import click
import django
from django.apps import apps


def _site() -> ModuleType:
    """The site whose settings the environment names, set up on first use, and what can be done with its ledger."""
    if not apps.ready:
        if not os.environ.get("DJANGO_SETTINGS_MODULE"):
            raise click.UsageError("Name the site's settings in DJANGO_SETTINGS_MODULE, such as lms.envs.production.")
        django.setup()
    return import_module("peer_xblocks.hours.operating")


@click.group()
def hours() -> None:
    """Contact hours: prove the ledger, export it."""


@hours.command()
@click.option("--course", default="", help="The learners of this course alone; all courses without it.")
def verify(course: str) -> None:
    """Recompute every total, look for time that counts twice, follow every chain of daily digests."""
    checked = _site().check(course)
    for fault in checked.faults:
        click.echo(str(fault))
    said = f"{checked.learners} learners, {checked.entries} entries, {checked.digests} digests: "
    click.echo(
        said + (f"{len(checked.faults)} do not fit." if checked.faults else "all fits."), err=bool(checked.faults)
    )
    sys.exit(1 if checked.faults else 0)


@hours.command()
@click.option("--course", required=True, help="The course key, course-v1:….")
@click.option("--learner", default=None, type=click.UUID, help="One learner alone, by our id.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file; else the terminal.")
def export(course: str, learner: object, output: Path | None) -> None:
    """Write every entry of a course's ledger as CSV."""
    text, count = _site().exported(course, learner)
    if output:
        output.write_text(text, encoding="utf-8", newline="")
        click.echo(f"{count} entries in {output}.")
    else:
        click.echo(text, nl=False)
    if not count:
        click.echo(f"{course}: no entries. Check the course key and the learner's id.", err=True)
    sys.exit(0 if count else 1)
