"""The clock of the demo: the system's, moved by a file that all processes of one demo read."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

from peer_xblocks import clock


class FileClock:
    """The clock that a file moves; the present moment when called."""

    def __init__(self, path: Path):
        self.path = path
        self._read = clock.from_file(path)

    def __call__(self) -> datetime:
        """The present moment of the demo."""
        return self._read()

    def install(self) -> None:
        """Makes it the clock of this process."""
        clock.use(self)

    @property
    def offset(self) -> int:
        """How many seconds the demo is ahead."""
        try:
            return int(json.loads(self.path.read_text(encoding="utf-8"))["offset"])
        except FileNotFoundError:
            return 0

    def move(self, offset: int) -> None:
        """Sets how many seconds the demo is ahead; readers see the old figure or the new one, never half a file."""
        draft = self.path.with_suffix(f".{os.getpid()}.new")
        draft.write_text(json.dumps({"offset": offset}), encoding="utf-8")
        draft.replace(self.path)
