"""How a cohort meets: virtual with self-paced parts, or in person, where every minute is live."""

from __future__ import annotations

from enum import StrEnum

from peer_xblocks.course.minutes import whole
from peer_xblocks.course.outline import MODULE
from peer_xblocks.item import xml


class Mode(StrEnum):
    """How a cohort meets. Courses are written as virtual ones."""

    VIRTUAL = "virtual"
    IN_PERSON = "in-person"


def set_in(data: bytes, mode: Mode) -> bytes:
    """A file of OLX for a cohort that meets in `mode`: in person, a module's self-paced minutes become live ones."""
    if mode is Mode.VIRTUAL or b"<peer_module" not in data:
        return data
    root = xml.parse(data)
    for node in root.iter(MODULE):
        alone, live = (whole(node.get(name, "0")) or 0 for name in ("self_minutes", "live_minutes"))
        node.set("self_minutes", "0")
        node.set("live_minutes", str(alone + live))
    return xml.write(root)
