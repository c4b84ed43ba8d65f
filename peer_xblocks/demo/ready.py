"""Whether the demo's directory holds all it needs, and making it so where it does not."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import peer_xblocks
from peer_xblocks.demo.place import Place

OURS = (sys.executable, "-c", "from peer_xblocks.cli import main; main()")
"""The `peer-xblocks` command, whether or not its script is on the path."""

Say = Callable[[str], None]


class NotReady(RuntimeError):
    """A step that did not come to its end; says which, and what it printed."""


def stamp() -> str:
    """What the databases were made for: the version of the product and the names of all its migrations."""
    root = Path(peer_xblocks.__file__).parent
    names = sorted(str(path.relative_to(root)) for path in root.glob("**/migrations/[0-9]*.py"))
    return hashlib.sha256("\n".join([peer_xblocks.__version__, *names]).encode()).hexdigest()


def fits(place: Place) -> bool:
    """Whether a demo was prepared here for what is installed now."""
    return _noted(place).get("stamp") == stamp()


def prepare(place: Place, *, empty: bool, say: Say) -> None:
    """Makes tables, course and people where they are not there yet. What somebody did here stays."""
    if fits(place):
        return
    fresh = not _noted(place)
    say(_said(fresh, empty))
    with ThreadPoolExecutor(max_workers=2) as both:
        steps = [both.submit(_prepare_registry, place, fresh), both.submit(_prepare_site, place, fresh, empty)]
        for step in steps:
            step.result()
    _note(place).write_text(json.dumps({"stamp": stamp(), "empty": empty}), encoding="utf-8")


def _said(fresh: bool, empty: bool) -> str:
    if not fresh:
        return "Bringing the databases up to date."
    return "Making the databases and the staff." if empty else "Making the databases, the course and the people."


def _prepare_registry(place: Place, fresh: bool) -> None:
    _registry(place, "migrate")
    if fresh:
        _registry(place, "seed")


def _prepare_site(place: Place, fresh: bool, empty: bool) -> None:
    _site(place, "migrate", "--verbosity", "0")
    if fresh:
        _site(place, "seed_demo", *(["--empty"] if empty else []))


def _site(place: Place, *words: str) -> None:
    _run([sys.executable, "-m", "django", *words], place.site_environment(os.environ))


def _registry(place: Place, *words: str) -> None:
    _run([*OURS, "registry", *words], place.registry_environment(os.environ))


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True)  # noqa: S603 - our own, no shell
    if done.returncode:
        raise NotReady(f"{' '.join(command[3:])} did not come to its end:\n{done.stdout}{done.stderr}")


def _note(place: Place) -> Path:
    return place.root / "stamp.json"


def _noted(place: Place) -> dict[str, object]:
    try:
        return dict(json.loads(_note(place).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}
