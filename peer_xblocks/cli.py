"""`peer-xblocks`: one command, each part of it brought by its room and loaded only when asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

PARTS = {
    "bank": "peer_xblocks.exam.command",
    "bench": "peer_xblocks.demo.bench.command",
    "curriculum": "peer_xblocks.course.command",
    "demo": "peer_xblocks.demo.command",
    "hours": "peer_xblocks.hours.command",
    "learners": "peer_xblocks.learner.command",
    "registry": "peer_xblocks.registry.command",
    "reports": "peer_xblocks.certification.command",
    "worker": "peer_xblocks.certification.command",
}


class Rooms(click.Group):
    """A group whose commands are imported when they are called, so that each starts without the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all parts."""
        return sorted(PARTS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The part of that name, None for an unknown one."""
        if cmd_name not in PARTS:
            return None
        found: Any = getattr(import_module(PARTS[cmd_name]), cmd_name)
        return found  # type: ignore[no-any-return]


@click.command(cls=Rooms)
@click.version_option(package_name="peer-xblocks")
def main() -> None:
    """Train, examine, certify and recertify peer support specialists on Open edX."""
