"""`peer-xblocks bank …`: check, load and write out the banks that exams are made from."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

import click
import django
from django.apps import apps
from rich.console import Console
from rich.table import Table

from peer_xblocks.exam import bank_file
from peer_xblocks.exam.bank import LEVELS, STATUSES, Bank
from peer_xblocks.exam.bank_file import BankFile
from peer_xblocks.exam.findings import counts
from peer_xblocks.refusal import Refusal

WIDTH = 100
Command = TypeVar("Command", bound=Callable[..., Any])


def _records() -> Any:
    """The banks of the site whose settings the environment names, set up on first use."""
    if not apps.ready:
        if not os.environ.get("DJANGO_SETTINGS_MODULE"):
            raise click.UsageError("Name the site's settings in DJANGO_SETTINGS_MODULE, such as lms.envs.production.")
        django.setup()
    return import_module("peer_xblocks.exam.banks")


def _about(command: Command) -> Command:
    """The options that say what a file does not say of its bank."""
    command = click.option("--status", type=click.Choice(STATUSES), help="What it may be used for; else a draft.")(
        command
    )
    command = click.option("--title", help="Its title; else what the file says, or the code.")(command)
    return click.option("--code", help="Its code; else what the file says, or the file's name.")(command)


@click.group()
def bank() -> None:
    """Exam item banks: check, load, write out. A file is XLSX, CSV, GIFT or XML."""


@bank.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@_about
def check(files: tuple[str, ...], **about: str | None) -> None:
    """Say what is to mend in bank files; change nothing. This is the dry run of `import`.

    Answers 0 when each could be loaded, 1 when something keeps one from it, 2 when there is no such file.
    """
    found = [(name, _read(name, about)) for name in files]
    for name, read in found:
        _tell(name, read)
        if read.bank and read.sound:
            _show(read.bank)
    sys.exit(0 if all(read.sound for _, read in found) else 1)


@bank.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@_about
@click.option("--by", default="", help="The officer who loads it; else your name on this machine.")
def import_(files: tuple[str, ...], by: str, **about: str | None) -> None:
    """Load banks, each as a new version; all of them or none. What `check` calls a hint does not hinder it."""
    found = [(name, _read(name, about)) for name in files]
    for name, read in found:
        _tell(name, read)
    if not all(read.sound for _, read in found):
        click.echo("Nothing was loaded.", err=True)
        sys.exit(1)
    records = _records()
    before = records.newest()
    for kept in records.keep_all([read.bank for _, read in found], by or getpass.getuser()):
        new = kept.version > before.get(kept.code, 0)
        click.echo(
            f"{kept.code}: version {kept.version}, {len(kept.items)} items, {kept.status}, digest {kept.digest}."
        )
        if not new:
            click.echo(f"{kept.code}: this is what version {kept.version} says already; nothing was added.")


@bank.command()
@click.argument("code")
@click.option("--version", type=click.IntRange(1), help="Which version; else the newest.")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="FILE.xlsx, .csv, .gift or .xml",
)
def export(code: str, version: int | None, output: Path) -> None:
    """Write a bank to a file, answers and all; readable by you alone."""
    try:
        bank_file.format_of(output.suffix)
        kept = _records().load(code, version)
        data = bank_file.write(kept, output.suffix)
    except Refusal as refusal:
        raise click.UsageError(refusal.sentence) from refusal
    output.touch(mode=0o600)
    output.write_bytes(data)
    click.echo(
        f"{output}: {len(kept.items)} items of {kept.code} version {kept.version}. It holds the answers: keep it safe."
    )


@bank.command("list")
def listed() -> None:
    """The banks of this site, and those that come with the product."""
    table = Table(box=None, pad_edge=False)
    for heading in ("Bank", "Version", "Status", "Items", "Loaded by", "Title"):
        table.add_column(heading)
    for row in _records().rows():
        table.add_row(*map(str, row))
    _console().print(table)
    click.echo(f"With the product: {', '.join(bank_file.shipped()) or 'none'}.")


def _read(name: str, about: dict[str, str | None]) -> BankFile:
    try:
        return bank_file.read_file(bank_file.find(name), {key: value for key, value in about.items() if value})
    except Refusal as refusal:
        raise click.UsageError(refusal.sentence) from refusal


def _tell(name: str, read: BankFile) -> None:
    for fault in sorted(read.faults, key=lambda each: not each.grave):
        click.echo(f"{name}: {fault}" if fault.grave else f"{name}: {fault} (a hint)")
    grave = sum(fault.grave for fault in read.faults)
    hints = len(read.faults) - grave
    verdict = f"{grave} to mend" if grave else "sound"
    click.echo(f"{name}: {verdict}{f', {hints} to look at' if hints else ''}.")


def _show(made: Bank) -> None:
    """How many items each cell of a blueprint can draw from."""
    table = Table(box=None, pad_edge=False)
    table.add_column(f"{made.code} ({made.status})")
    for heading in (*LEVELS, "scored", "trial"):
        table.add_column(heading, justify="right")
    cells = counts(made.items)
    for domain in sorted({domain for domain, _ in cells}):
        each = [cells.get((domain, level), 0) for level in LEVELS]
        table.add_row(domain, *map(str, (*each, sum(each), cells.get((domain, "trial"), 0))))
    _console().print(table)


def _console() -> Console:
    return Console(width=WIDTH, soft_wrap=True)
