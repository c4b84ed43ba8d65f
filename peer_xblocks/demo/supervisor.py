"""Child processes that live as long as the demo does: started together, started again when one ends, stopped together."""

from __future__ import annotations

import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Say = Callable[[str], None]
LOOK = 0.25
"""Seconds between two looks at the children."""
PATIENCE = 8.0
"""Seconds that a child has to end by itself."""
LONGEST_PAUSE = 30.0


@dataclass(frozen=True, slots=True)
class Child:
    """One process: its name for people, its command, its environment and the file that takes its words."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path


class Supervisor:
    """Keeps children running until `stop` is asked for; `say` gets a sentence for each thing that happens."""

    def __init__(self, children: Sequence[Child], say: Say, until: Callable[[], bool] = lambda: False):
        self._children = {child.name: child for child in children}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._pauses: dict[str, float] = {}
        self._due: dict[str, float] = {}
        self._say = say
        self._until = until
        self.ended = threading.Event()

    def start(self) -> None:
        """Starts every child."""
        for name in self._children:
            self._launch(name)

    def run(self) -> None:
        """Looks after the children until `stop` or until `until` says so; then ends them all."""
        try:
            while not self.ended.wait(LOOK) and not self._until():
                for name in self._children:
                    self._look_after(name)
        finally:
            self.ended.set()
            self.end()

    def stop(self, *_: object) -> None:
        """Asks `run` to come to its end; fit to be a signal handler."""
        self.ended.set()

    def obey_signals(self) -> None:
        """Makes Ctrl-C, SIGTERM and a closed terminal end the demo in good order."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.stop)

    def end(self) -> None:
        """Ends every child, gently first."""
        for process in self._running.values():
            if process.poll() is None:
                process.terminate()
        for process in self._running.values():
            _leave(process)
        self._running.clear()

    def alive(self) -> list[str]:
        """The names of the children that run now."""
        return [name for name, process in self._running.items() if process.poll() is None]

    def _look_after(self, name: str) -> None:
        process = self._running.get(name)
        if process is not None and process.poll() is not None:
            pause = min(LONGEST_PAUSE, self._pauses.get(name, LOOK) * 2)
            self._say(f"The {name} ended with status {process.returncode}; it starts again. Its log: {self._log(name)}")
            del self._running[name]
            self._pauses[name] = self._due[name] = pause
        elif process is None:
            self._due[name] -= LOOK
            if self._due[name] <= 0:
                self._launch(name)

    def _launch(self, name: str) -> None:
        child = self._children[name]
        with child.log.open("ab") as words:
            self._running[name] = subprocess.Popen(  # noqa: S603 - our own command, no shell
                list(child.command),
                env=dict(child.environment),
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _log(self, name: str) -> Path:
        return self._children[name].log


def _leave(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
