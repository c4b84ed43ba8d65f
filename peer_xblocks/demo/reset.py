"""Starting the demo over: the site asks for it, the process above it carries it out while all others are down."""

from __future__ import annotations

from pathlib import Path

from peer_xblocks.demo.place import Place

OURS = (
    "site.sqlite3*",
    "registry.sqlite3*",
    "clock.json",
    "stamp.json",
    "start-over",
    "site.log",
    "registry.log",
    "worker.log",
)
"""What the demo makes and may remove; whatever else somebody keeps in that directory stays."""


def ask(root: Path) -> None:
    """Leaves the wish to start over."""
    _wish(root).touch()


def asked(place: Place) -> bool:
    """Whether somebody wants to start over."""
    return _wish(place.root).exists()


def carry_out(place: Place) -> None:
    """Removes all that happened in the demo. No process may be using it."""
    for pattern in OURS:
        for path in place.root.glob(pattern):
            path.unlink()


def _wish(root: Path) -> Path:
    return root / "start-over"
