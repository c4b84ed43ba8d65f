"""`peer-xblocks bench`: one row a figure; exit status 1 where one is over its target."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

import click
from rich.console import Console
from rich.table import Table

from peer_xblocks.demo.bench.figure import Figure
from peer_xblocks.demo.bench.stage import Stage, stage

KINDS = ("blocks", "hours", "story", "exam", "delivery")
HEADINGS = ("figure", "ours", "peer or limit", "ratio", "target", "")


@click.command()
@click.argument("kinds", nargs=-1, type=click.Choice(KINDS))
@click.option("--markdown", is_flag=True, help="Print the table as docs/figures.md keeps it.")
def bench(kinds: tuple[str, ...], markdown: bool) -> None:
    """Measure ours beside a peer in one process. PEER_POSTGRES names the database; without it, SQLite."""
    over = False
    with stage() as ground:
        where = f"Python {platform.python_version()}, {ground.database}, {platform.machine()}, {platform.system()}"
        click.echo(f"peer-xblocks bench {' '.join(kinds or KINDS)}: {where}\n")
        for kind in kinds or KINDS:
            figures = _measure(kind)(ground)
            _show(kind, figures, markdown)
            over = over or not all(each.ok for each in figures)
    sys.exit(1 if over else 0)


def _measure(kind: str) -> Callable[[Stage], Sequence[Figure]]:
    found: Callable[[Stage], Sequence[Figure]] = import_module(f"peer_xblocks.demo.bench.{kind}").measure
    return found


def _show(kind: str, figures: Sequence[Figure], markdown: bool) -> None:
    if markdown:
        lines = [HEADINGS, ("---",) * len(HEADINGS), *(each.cells() for each in figures)]
        click.echo("\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n")
        return
    table = Table(*HEADINGS, title=kind)
    for each in figures:
        table.add_row(*each.cells(), style=None if each.ok else "bold")
    Console(width=150).print(table)
