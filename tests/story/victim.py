"""A process of its own on a SQLite file, for what only happens to real processes: being killed in a save, a full disk.

`python -m tests.story.victim FILE KEYS WHAT TEXT SEQ`; prints what the story holds, as one JSON line.
"""

import json
import os
import signal
import sys
from pathlib import Path

NOW = 1_777_000_000
PAGE = "p" * 32


def begin(file, keys):
    """Django on that file, with these keys of the vault."""
    os.environ["PEER_TEST_DATABASE"] = f"sqlite:{file}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    from django.conf import settings

    settings.PEER_XBLOCKS["VAULT_KEYS"] = keys.split(",")
    import django
    from django.core.management import call_command

    django.setup()
    if not Path(file).exists():
        call_command("migrate", verbosity=0)


def keep(text, seq):
    """The save of that number of one page."""
    from peer_xblocks.story import passages
    from peer_xblocks.story.passage import Passage

    data = {"part": "open", "text": text, "page": PAGE, "seq": seq, "base": [f"{PAGE}:{seq - 1}"] if seq > 1 else []}
    place = passages.Place("course-v1:T+C+1", "block-v1:T+C+1+type@peer_story+block@s")
    return passages.keep(7, place, Passage.from_json(data), now=NOW + seq)


def die_inside(text, seq):
    """Is killed after the row is written, before it is committed."""
    from django.db.models import QuerySet

    written = QuerySet.update

    def last_words(rows, **values):
        written(rows, **values)
        if "sealed" in values:
            os.kill(os.getpid(), signal.SIGKILL)

    QuerySet.update = last_words
    keep(text, seq)


def fill_the_disk(text, seq):
    """Lets the file grow no further, as on a full disk, and saves."""
    from django.db import DatabaseError, connection

    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    try:
        keep(text, seq)
    except DatabaseError as error:
        return str(error)
    return ""


def main(file, keys, what, text, seq):
    """Does `what`, then says what is there."""
    begin(file, keys)
    said = {"keep": keep, "die": die_inside, "full": fill_the_disk}[what](text, int(seq))
    from peer_xblocks.learner import learners
    from peer_xblocks.story import passages

    live = passages.live(learners.known(7), "block-v1:T+C+1+type@peer_story+block@s")
    texts = [each.text for each in live.get("open", ())]
    print(json.dumps({"texts": texts, "error": said if isinstance(said, str) else ""}))


if __name__ == "__main__":
    main(*sys.argv[1:])
