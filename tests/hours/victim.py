"""A process of its own on a SQLite file, for what only happens to real processes: being killed, being locked out.

`python -m tests.hours.victim FILE WHAT`; prints one JSON line.
"""

import json
import os
import signal
import sqlite3
import sys
import threading
import time
from pathlib import Path

BEGIN = 1_777_000_000


def begin(file, timeout):
    """Django on that file."""
    os.environ["PEER_TEST_DATABASE"] = f"sqlite:{file}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    from django.conf import settings

    settings.DATABASES["default"]["OPTIONS"]["timeout"] = timeout
    import django
    from django.core.management import call_command

    django.setup()
    if not Path(file).exists():
        call_command("migrate", verbosity=0)


def beat(number):
    """The beat of that number on one page: fifteen seconds each, the first earns nothing."""
    from peer_xblocks.hours import seat
    from peer_xblocks.hours.beat import Beat
    from peer_xblocks.hours.lease import Lease
    from peer_xblocks.intervals import Intervals

    lease = Lease(7, "course-v1:T+C+1", "M1", "unit", "nonce", BEGIN, 1800, "UTC")
    now = BEGIN + 15 * number
    answered = max(BEGIN, now - 15)
    return seat.record(lease, Beat("", number + 1, Intervals.of((answered, now))), now=now)


def die_inside(number):
    """Sends a beat and is killed after its rows are written, before they are committed."""
    from peer_xblocks.hours.models import Entry

    written = Entry.objects.bulk_create

    def last_words(rows, **more):
        written(rows, **more)
        os.kill(os.getpid(), signal.SIGKILL)

    Entry.objects.bulk_create = last_words
    beat(number)


def lock_out(file, seconds):
    """Holds the file's write lock for a while, in the thread that is answered."""
    held = threading.Event()

    def hold():
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        held.set()
        time.sleep(seconds)
        other.execute("ROLLBACK")
        other.close()

    holder = threading.Thread(target=hold, daemon=True)
    holder.start()
    held.wait()
    return holder


def say(answer, waited):
    """One line for the test."""
    from peer_xblocks.hours.models import Entry

    print(f"waited {waited:.1f} s", file=sys.stderr)
    told = {"counted": answer.counted, "total": answer.total} if answer else {}
    print(json.dumps(told | {"entries": Entry.objects.count()}))


def main(file, what, number, seconds="0", timeout="40"):
    begin(file, float(timeout))
    if what == "die":
        die_inside(int(number))
    if what == "locked":
        beat(0)
        holder = lock_out(file, float(seconds))
    answer, asked = None, time.monotonic()
    try:
        answer = beat(int(number))
    finally:
        waited = time.monotonic() - asked
        if what == "locked":
            holder.join()
        say(answer, waited)


if __name__ == "__main__":
    main(*sys.argv[1:])
