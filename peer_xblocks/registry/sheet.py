"""The list of reports as a sheet that opens safely."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.registry.models import Entry

# A cell that starts like this would be run as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
MARK = "\ufeff"


class _Echo:
    """Hands back what is written, so that a sheet of any length is never whole in memory."""

    def write(self, text: str) -> str:
        """`text`."""
        return text


def safe(cell: object) -> str:
    """The text of a cell; what a spreadsheet would take for a formula starts with an apostrophe.

    >>> safe("=1+1")
    "'=1+1"
    """
    text = str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def rows(entries: Iterable[Entry]) -> Iterator[str]:
    """The lines of the sheet, its heading first."""
    write = csv.writer(_Echo()).writerow
    yield MARK + write(_heading())
    for entry in entries:
        yield write([safe(each) for each in _cells(entry)])


def _heading() -> list[str]:
    return [
        _("line"),
        _("received"),
        _("site"),
        _("name"),
        _("registry number"),
        _("activity"),
        _("provider"),
        _("category"),
        _("track"),
        _("completed"),
        _("minutes"),
        _("version"),
        _("state"),
        _("demonstration"),
    ]


def _cells(entry: Entry) -> list[object]:
    return [
        entry.line.seq,
        timezone.localtime(entry.changed_at).isoformat(timespec="seconds"),
        entry.sender,
        entry.name,
        entry.practitioner.registry_id if entry.practitioner else "",
        entry.activity,
        entry.provider,
        entry.category,
        entry.track,
        timezone.localdate(entry.completed_at).isoformat(),
        entry.minutes,
        entry.version,
        entry.state,
        "" if entry.live else _("yes"),
    ]
