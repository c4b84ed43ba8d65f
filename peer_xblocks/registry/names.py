"""The index by which sealed names are found."""

from __future__ import annotations

from peer_xblocks.registry import sealed
from peer_xblocks.registry.models import Entry, NameMark, Practitioner


def index(row: Entry | Practitioner) -> None:
    """Makes `row` findable by its name as it is now, and by no other; within `ledger.writing`."""
    owner = {"entry" if isinstance(row, Entry) else "practitioner": row}
    NameMark.objects.filter(**owner).delete()
    NameMark.objects.bulk_create([NameMark(mark=each, **owner) for each in sorted(sealed.name_marks(row.name))])
