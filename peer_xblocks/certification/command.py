"""`peer-xblocks worker` and `peer-xblocks reports`: delivering and looking after reports."""

from __future__ import annotations

import logging
import os
import signal
import sys
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import django
from rich.console import Console
from rich.table import Table

from peer_xblocks import clock
from peer_xblocks.refusal import Refusal

DEMO_SETTINGS = "peer_xblocks.demo.settings"
ROOM = "peer_xblocks.certification"


def room(name: str) -> Any:
    """A module of this room, once Django is ready: settings by DJANGO_SETTINGS_MODULE, else the demo's.

    `PEER_CLOCK_FILE` names the demo's clock; inside an LMS it is refused.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", DEMO_SETTINGS)
    django.setup()
    kept = os.environ.get("PEER_CLOCK_FILE")
    if kept:
        clock.use(clock.from_file(Path(kept)))
    return import_module(f"{ROOM}.{name}")


@click.command()
@click.option("--once", is_flag=True, help="One round, then leave.")
def worker(once: bool) -> None:
    """Deliver reports and repeat what was missed, until stopped; for sites without a Celery beat."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    made = room("work").Worker()
    if once:
        made.round()
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, made.stop)
    made.run()


@click.group()
def reports() -> None:
    """The outbox of completion reports."""


@reports.command("list")
@click.option("--state", default="", help="Only reports in this state, such as parked.")
def list_(state: str) -> None:
    """Show each report: state, attempts, next try, last answer. Exit status 1 where one needs a person."""
    models = room("models")
    if state and state not in models.State.values:
        raise click.UsageError(f"There is no state {state}; choose one of {', '.join(models.State.values)}.")
    rows = models.Outbox.objects.select_related("completion").order_by("id")
    shown = list(rows.filter(state=state) if state else rows)
    Console().print(_table(shown))
    if any(row.state == models.State.PARKED for row in shown):
        sys.exit(1)


@reports.command()
@click.option("--limit", default=1000, show_default=True, type=click.IntRange(1))
def deliver(limit: int) -> None:
    """Send what is due now. Exit status 1 where something could not be delivered."""
    done = room("delivery").deliver_due(limit)
    click.echo(f"sent {done.sent}, received {done.delivered}, parked {done.parked}")
    if done.sent > done.delivered:
        sys.exit(1)


@reports.command()
@click.argument("webhook_id")
def replay(webhook_id: str) -> None:
    """Put one report back on its way now, under the same name and with the same bytes."""
    outbox = room("outbox")
    try:
        row = outbox.send_again(webhook_id)
    except Refusal as refusal:
        click.echo(f"{webhook_id}: {refusal.sentence}")
        sys.exit(1)
    click.echo(f"{webhook_id}: {row.get_state_display()}")


@reports.command()
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="One day alone (UTC); else the recent and open ones.")
def reconcile(day: datetime | None) -> None:
    """Compare with the registry, day by day, what was delivered. Exit status 1 where the two sides differ."""
    comparisons = room("comparisons")
    known, now = comparisons.known(), clock.now()
    if day and day.date() >= now.date():
        raise click.UsageError(f"{day:%Y-%m-%d} is not over yet (UTC); choose an earlier day.")
    days = [day.date()] if day else room("comparison").days_due(now, known, anew=True)
    try:
        differing = [done for done in map(_told, comparisons.compare(days)) if not done.agreed]
    except (room("asking").Unanswered, room("site").NotSetUp) as trouble:
        click.echo(str(trouble))
        sys.exit(1)
    sys.exit(1 if differing else 0)


def _told(outcome: Any) -> Any:
    """Shows how one day was found."""
    for name, kind in outcome.found.items():
        click.echo(f"{outcome.day} {name}: {kind}. See it on the page of reports.")
    verdict = "both sides agree" if outcome.agreed else "the two sides differ"
    click.echo(f"{outcome.day}: {outcome.here} here, {outcome.there} there, {verdict}")
    return outcome


def _table(rows: list[Any]) -> Table:
    table = Table("report", "course", "state", "attempts", "next try", "last answer")
    for row in rows:
        next_try = f"{row.next_attempt:%Y-%m-%d %H:%M:%S}" if row.next_attempt else ""
        answer = f"{row.last_status or ''} {row.last_error}".strip()
        table.add_row(row.webhook_id, row.completion.course, row.state, str(row.attempts), next_try, answer)
    return table
