"""The server's clock: the only clock of the product."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

Source = Callable[[], datetime]
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)


def _system() -> datetime:
    return datetime.now(UTC)


_source: Source = _system


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _source()


def epoch() -> int:
    """The present moment in whole Unix seconds, rounded down."""
    return int(_source().timestamp())


def millis() -> int:
    """The present moment in whole milliseconds since 1970, rounded down."""
    return (_source() - _FIRST) // timedelta(milliseconds=1)


def use(source: Source | None) -> None:
    """Reads time from `source` from here on; None means the system's clock again.

    For the demo and for tests. Inside an LMS or Studio it raises RuntimeError: there, nothing may move the clock.
    """
    global _source
    if source is not None and {"lms", "cms"} & set(sys.modules):
        raise RuntimeError("The clock of an LMS or Studio cannot be set.")
    _source = source or _system


def from_file(path: Path) -> Source:
    """A clock that runs like the system's, moved by the `offset` (seconds) that a JSON file holds; no file, no offset.

    The processes of the demo read one such file, so that setting it forward moves all of them.
    """

    def read() -> datetime:
        try:
            offset = json.loads(path.read_text(encoding="utf-8"))["offset"]
        except FileNotFoundError:
            offset = 0
        return _system() + timedelta(seconds=offset)

    return read
