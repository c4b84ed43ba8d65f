"""`peer-xblocks registry …`: the registry's site, its keys, its ledger."""

from __future__ import annotations

import os
import secrets
import sys
from importlib import import_module
from types import ModuleType

import click
import django

from peer_xblocks.refusal import Refusal
from peer_xblocks.vault import new_key
from peer_xblocks.wire.keys import new_signing_key

SETTINGS = "peer_xblocks.registry.settings"


def _site() -> ModuleType:
    """The registry's Django, set up on first use, and what its operator can do with it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    django.setup()
    return import_module("peer_xblocks.registry.operating")


@click.group()
def registry() -> None:
    """The certification registry: its site, its keys, its ledger."""


@registry.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8001, show_default=True)
@click.option("--threads", default=8, show_default=True)
@click.option("--migrate", "migrate_first", is_flag=True, help="Bring the database up to date first.")
def serve(host: str, port: int, threads: int, migrate_first: bool) -> None:
    """Serve the registry."""
    site = _site()
    _complete(site)
    if migrate_first:
        site.migrate()
    elif site.behind():
        _stop("The database is not up to date. Run “peer-xblocks registry migrate”, or add --migrate.", 1)
    click.echo(f"Registry on http://{host}:{port}")
    site.serve(host, port, threads)


@registry.command()
@click.option("--vault", is_flag=True, help="A key for PEER_REGISTRY_VAULT_KEYS instead of a pair that signs.")
def key(vault: bool) -> None:
    """Print a new key. Keep what is secret in a secret store."""
    if vault:
        click.echo(new_key())
        return
    made = new_signing_key()
    click.echo(f"secret  {made.text}")
    click.echo(f"public  {made.public.text}")


@registry.command()
def verify() -> None:
    """Check the whole ledger: its chain, every receipt, every report. Exit status 1 at the first line that breaks."""
    site = _site()
    _complete(site)
    found = site.first_break()
    if found:
        _stop(f"line {found.seq}: {found.what}. Stop taking reports, and compare with the latest backup.", 1)
    click.echo(f"The ledger holds: {site.lines()} lines, each chained, signed and with its report.")


@registry.command()
def renew() -> None:
    """Seal all personal text under the newest vault key, and index names anew. Then the old key can go."""
    site = _site()
    _complete(site)
    click.echo(f"{site.renew()} texts are sealed under the newest key.")


@registry.command()
def migrate() -> None:
    """Bring the database up to date."""
    _site().migrate()
    click.echo("The database is up to date.")


@registry.command()
@click.argument("username")
@click.option("--role", type=click.Choice(["registrar", "auditor", "practitioner"]), required=True)
@click.option("--name", default="", help="A practitioner's name, for a new record.")
@click.option("--record", default="", help="The number of a practitioner's record that is there already.")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True, envvar="PEER_REGISTRY_PASSWORD")
def account(username: str, role: str, name: str, record: str, password: str) -> None:
    """Make an account for somebody who works in the registry, or for a practitioner."""
    site = _site()
    _complete(site)
    try:
        site.make_account(username, role, password, name, record)
    except Refusal as refusal:
        _stop(refusal.sentence, 1)
    click.echo(f"{username} can sign in as {role}.")


@registry.command()
@click.option("--demo", is_flag=True, help="Say that this registry is a demonstration, where the environment does not.")
def seed(demo: bool) -> None:
    """Make the made-up people of a demonstration. Does nothing for those who are there."""
    site = _site()
    _complete(site)
    if not (demo or site.demonstration()):
        _stop("Made-up people belong in a demonstration only: set PEER_REGISTRY_DEMO=1 or add --demo.", 2)
    given = os.environ.get("PEER_REGISTRY_DEMO_PASSWORD", "")
    password = given or secrets.token_urlsafe(12)
    made = site.seed(password)
    for username in made:
        click.echo(f"made {username}")
    if made and not given:
        click.echo(f"password of all of them: {password}")


def _complete(site: ModuleType) -> None:
    missing = site.missing()
    if missing:
        _stop(f"The registry needs {', '.join(missing)} in its environment; see docs/registrar.md.", 2)


def _stop(sentence: str, status: int) -> None:
    click.echo(sentence, err=True)
    sys.exit(status)
