"""`peer-xblocks demo`: the whole product on this machine."""

from __future__ import annotations

import socket
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from peer_xblocks.demo import ready, reset
from peer_xblocks.demo.place import HOST, Place
from peer_xblocks.demo.ready import OURS, NotReady
from peer_xblocks.demo.site import personas
from peer_xblocks.demo.supervisor import Child, Supervisor

console = Console()


@click.command()
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(1024, 65534),
    help="Where the site answers; the registry takes the next one.",
)
@click.option(
    "--data",
    default=".demo",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The directory that keeps everything.",
)
@click.option("--empty", is_flag=True, help="Begin with staff alone: no course, no learners.")
def demo(port: int, data: Path, empty: bool) -> None:
    """Show the whole product on this machine: site, registry and worker, with made-up people."""
    place = Place(data.resolve(), port)
    _demand_ports(place)
    while _once(place, empty):
        reset.carry_out(place)
        console.print("Starting over.")


def _once(place: Place, empty: bool) -> bool:
    """One life of the demo; True where somebody asked to start over."""
    try:
        ready.prepare(place, empty=empty, say=console.print)
    except NotReady as fault:
        console.print(str(fault), markup=False, highlight=False)
        sys.exit(1)
    supervisor = Supervisor(children(place), console.print, until=lambda: reset.asked(place))
    supervisor.obey_signals()
    supervisor.start()
    threading.Thread(target=_welcome, args=(place, supervisor), daemon=True).start()
    supervisor.run()
    return reset.asked(place)


def children(place: Place) -> list[Child]:
    """The processes of a demo."""
    site, registry = place.site_environment(), place.registry_environment()
    serve = [sys.executable, "-m", "waitress", f"--listen={HOST}:{place.port}", "--threads=8", "--no-expose-tracebacks"]
    return [
        Child("site", [*serve, "peer_xblocks.demo.wsgi:application"], site, place.log("site")),
        Child(
            "registry",
            [*OURS, "registry", "serve", "--port", str(place.registry_port)],
            registry,
            place.log("registry"),
        ),
        Child("worker", [*OURS, "worker"], site, place.log("worker")),
    ]


def _demand_ports(place: Place) -> None:
    for port in (place.port, place.registry_port):
        if taken(port):
            console.print(
                f"Port {port} is in use on this machine. End what uses it, or choose another pair: "
                f"peer-xblocks demo --port {place.port + 10}"
            )
            sys.exit(1)


def taken(port: int) -> bool:
    """Whether something on this machine listens there already."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except OSError:
            return True
    return False


def _welcome(place: Place, supervisor: Supervisor) -> None:
    while not supervisor.ended.wait(0.1):
        if _answers(place.address):
            console.print(_table(place))
            return


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=2):  # noqa: S310 - our own loopback address
            return True
    except (urllib.error.URLError, OSError):
        return False


def _table(place: Place) -> Table:
    table = Table(title=f"The demonstration is at {place.address}", caption="Ctrl-C ends it; what you did is kept.")
    for heading in ("Step in as", "who is", "and"):
        table.add_column(heading)
    for persona in personas.PERSONAS:
        table.add_row(persona.name, persona.who, persona.story)
    table.add_section()
    table.add_row("Registry", place.registry_address, "Signed receipts come from here.")
    table.add_row("Data and logs", str(place.root), "Remove it to begin anew.")
    return table
