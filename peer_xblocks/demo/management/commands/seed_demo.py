"""`seed_demo`: what the demo begins with."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from peer_xblocks.demo.site import seed


class Command(BaseCommand):
    """Fills an empty demo with the course and the made-up people."""

    help = "Fills an empty demo with the course and the made-up people."

    def add_arguments(self, parser: CommandParser) -> None:
        """See Django."""
        parser.add_argument("--empty", action="store_true", help="Staff alone: no course, no learners.")

    def handle(self, *_args: Any, empty: bool = False, **_options: Any) -> None:
        """See Django."""
        seed.seed(empty=empty)
