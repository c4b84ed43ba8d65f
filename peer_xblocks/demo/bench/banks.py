"""Figures of exam banks: what the command takes, as a process of its own, to load five thousand items from a file."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from peer_xblocks.demo.bench.figure import Figure
from peer_xblocks.demo.bench.stage import Stage
from peer_xblocks.exam.bank import LEVELS, Bank, BankItem
from peer_xblocks.exam.bank_file import FORMATS, write
from peer_xblocks.item.item import Item, Option, option_id

ITEMS, MOST_SECONDS, MOST_MEGABYTES = 5000, 5.0, 300.0
#: The command, and then the most memory that its process held: Linux's own figure, which begins with the program.
COMMAND = """
from peer_xblocks.cli import main
try:
    main()
finally:
    print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
WHO = (
    "Ana",
    "Kwame",
    "Linh",
    "Yusuf",
    "Marisol",
    "Tomasz",
    "Noor",
    "Desta",
    "Ingrid",
    "Paulo",
    "Aiko",
    "Rahul",
    "Sefa",
)
WHAT = (
    "asks you to keep a secret from the team",
    "says that nothing helps any more",
    "is offered a ride by your supervisor",
    "wants to hear how your own hearing in court went",
    "weighs two jobs and cannot sleep",
    "brings a gift card to thank you",
    "has stopped coming to the evening circle",
)
WHERE = ("at the bus stop", "in a waiting room", "on a home visit", "outside the library", "by video", "after class")
WHEN = ("dawn", "noon", "dusk", "Monday", "Friday", "Easter", "spring", "summer", "autumn", "payday", "June")
WITH = (
    "tea",
    "rain",
    "music",
    "snow",
    "laundry",
    "chess",
    "soup",
    "wind",
    "paint",
    "dogs",
    "bread",
    "maps",
    "yarn",
    "keys",
)


def measure(_ground: Stage) -> Sequence[Figure]:
    """Seconds and memory of an import from each kind of file."""
    figures = []
    with TemporaryDirectory(prefix="peer-bench-banks-") as folder:
        for suffix in FORMATS:
            path = Path(folder) / f"bench-{suffix[1:]}{suffix}"
            path.write_bytes(write(made(ITEMS), suffix))
            seconds, megabytes = imported(path)
            name = f"import {ITEMS:,} items from {suffix[1:].upper()}"
            figures.append(Figure(f"{name}: time of the whole command", seconds, "s", MOST_SECONDS))
            figures.append(Figure(f"{name}: memory at most", megabytes, "MB", MOST_MEGABYTES))
    return figures


def imported(path: Path) -> tuple[float, float]:
    """The seconds by the wall and the most megabytes that one import took; RuntimeError where it did not load."""
    begun = time.perf_counter()
    command = (sys.executable, "-c", COMMAND, "bank", "import", "--by", "bench", str(path))
    ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    seconds = time.perf_counter() - begun
    if ran.returncode:
        raise RuntimeError(f"{path.name} was not imported: exit status {ran.returncode}.")
    return seconds, int(ran.stdout.split()[-2]) / 1024


def made(count: int) -> Bank:
    """A bank of `count` items, each in other words."""
    return Bank("bench", 0, "Made up to measure with", "draft", tuple(BankItem(_item(at)) for at in range(count)))


def _item(at: int) -> Item:
    who, what, where, when = (words[at % len(words)] for words in (WHO, WHAT, WHERE, WHEN))
    things = f"{WITH[at % 14]} and {WITH[at // 14 % 14]}"
    texts = (f"Ask {who} what would help, {at}", f"Tell {who} what to do, {at}", f"Call the team about {who}, {at}")
    turned = (*texts[at % 3 :], *texts[: at % 3])
    return Item(
        id=f"b{at:05}",
        stem=f"{who} {what} {where}, amid {things}, about {when} of week {at} in group {at * 7}. What is the best first step?",
        options=tuple(Option(option_id(place), text, text is texts[0]) for place, text in enumerate(turned)),
        level=LEVELS[at % 3],
        domain=f"D{at % 7 + 1}",
        rationale=f"People choose their own way; support {at} stays beside them.",
        source="Code of ethics, section 2",
    )
