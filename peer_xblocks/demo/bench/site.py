"""A real server of the bench's site, and how much processor it uses."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

HOST = "127.0.0.1"


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as tried:
        tried.bind((HOST, 0))
        return int(tried.getsockname()[1])


@contextmanager
def serving(command: Sequence[str], port: int, environment: Mapping[str, str] = os.environ) -> Iterator[int]:
    """Runs a server until the block ends; yields its process id once `/healthz` answers."""
    process = subprocess.Popen([sys.executable, *command], env=dict(environment), stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        _wait(port, process)
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            if process.poll() is not None:
                raise RuntimeError(f"the server on port {port} ended with {process.returncode}") from None
            time.sleep(0.1)
    raise RuntimeError(f"the server on port {port} does not answer")


def processor_seconds(pid: int) -> float:
    """The processor time that a process has used so far, user and system (Linux)."""
    used = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")
