"""`peer-xblocks demo`: starts all, says what happens, ends all, and is quick the second time."""

import os
import signal
import subprocess
import sys
import time

import pytest
import requests

from tests.e2e.demo import answering, free_pair

OURS = [sys.executable, "-c", "from peer_xblocks.cli import main; main()", "demo"]
PATIENCE = 120


class Command:
    """One run of the command in a terminal of its own."""

    def __init__(self, root, port):
        self.log = root / "said.txt"
        self.port = port
        self.address = f"http://127.0.0.1:{port}"
        with self.log.open("wb") as words:
            self._run = subprocess.Popen(
                [*OURS, "--empty", "--port", str(port), "--data", str(root / "data")], stdout=words, stderr=words
            )

    def said(self) -> str:
        return " ".join(self.log.read_text(encoding="utf-8").split())

    def says(self, words: str) -> None:
        until = time.monotonic() + PATIENCE
        while words not in self.said():
            assert time.monotonic() < until, f"it never said {words!r}: {self.said()}"
            time.sleep(0.05)

    def children(self) -> dict[str, int]:
        """The processes of the demo by what they run."""
        listed = subprocess.run(
            ["ps", "-A", "-ww", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
        )
        lines = [line.split(None, 2) for line in listed.stdout.splitlines()]
        return {part_of(line[2]): int(line[0]) for line in lines if int(line[1]) == self._run.pid}

    def end(self, how=signal.SIGTERM) -> int:
        if self._run.poll() is None:
            self._run.send_signal(how)
        return self._run.wait(30)


def part_of(line: str) -> str:
    """Which part of the demo a command line runs."""
    return "site" if "waitress" in line else "registry" if " registry " in line else "worker"


@pytest.fixture
def run(tmp_path):
    started = []

    def start(port):
        started.append(Command(tmp_path, port))
        return started[-1]

    yield start
    for each in started:
        each.end()


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_one_command_starts_everything_keeps_it_running_and_ends_it(run):
    port = free_pair()
    first = run(port)
    answering(f"{first.address}/healthz", PATIENCE)
    answering(f"http://127.0.0.1:{port + 1}/healthz", PATIENCE)
    first.says("The demonstration is at")
    assert all(name in first.said() for name in ("Renee Calloway", "Gwen Tolliver", f":{port + 1}"))
    children = first.children()
    assert sorted(children) == ["registry", "site", "worker"]

    os.kill(children["worker"], signal.SIGKILL)
    first.says("The worker ended with status -9; it starts again.")

    refused = subprocess.run([*OURS, "--port", str(port), "--data", "nowhere"], capture_output=True, text=True)
    assert refused.returncode == 1 and f"Port {port} is in use" in " ".join(refused.stdout.split())

    start_over(first.address)
    first.says("Starting over.")
    answering(f"{first.address}/healthz", PATIENCE)

    children = first.children()
    assert first.end(signal.SIGINT) == 0
    assert all(gone(pid) for pid in children.values())

    begun = time.monotonic()
    second = run(port)
    answering(f"{second.address}/", PATIENCE)
    assert time.monotonic() - begun < 5 * max(1.0, os.getloadavg()[0] / os.cpu_count())
    assert "Making the databases" not in second.said()


def start_over(address):
    browser = requests.Session()
    browser.get(f"{address}/demo/reset", timeout=10)
    sent = {"csrfmiddlewaretoken": browser.cookies["csrftoken"], "sure": "yes"}
    assert browser.post(f"{address}/demo/reset", data=sent, timeout=10).ok
