"""`peer-xblocks learners …`: what an operator does about one account by hand."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any
from uuid import UUID

import click
import django
from django.apps import apps


def _room(name: str) -> Any:
    """A module of this room, on the site whose settings the environment names."""
    if not apps.ready:
        if not os.environ.get("DJANGO_SETTINGS_MODULE"):
            raise click.UsageError("Name the site's settings in DJANGO_SETTINGS_MODULE, such as lms.envs.production.")
        django.setup()
    return import_module(f"peer_xblocks.learner.{name}")


@click.group()
def learners() -> None:
    """The link between platform accounts and the records kept of them."""


@learners.command()
@click.argument("who")
@click.option("--yes", is_flag=True, help="Do not ask again.")
def retire(who: str, yes: bool) -> None:
    """Retire an account: erase names and private texts, keep the records under a number that points to nobody.

    WHO is the platform's number of the account, or our own for the learner as reports show it. The platform's own
    retirement does the same by itself. Exit status 1 where nothing is kept under that number.
    """
    account = _account(who)
    if account is None or _room("learners").known(account) is None:
        click.echo(f"{who}: nothing is kept under this number, or it was retired before. Check the number.")
        sys.exit(1)
    if not yes:
        click.confirm(f"Erase what is personal of account {account}? It cannot be undone.", abort=True)
    learner = _room("retirement").retire(account)
    click.echo(f"Account {account} is retired; its records stay under {learner}.")


def _account(who: str) -> int | None:
    if who.isascii() and who.isdigit() and len(who) < 19:
        return int(who)
    try:
        learner = UUID(who)
    except ValueError as error:
        raise click.UsageError("Give the number of an account, or a learner's UUID.") from error
    found: int | None = _room("learners").user_of(learner)
    return found
