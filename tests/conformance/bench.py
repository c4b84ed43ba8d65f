"""What staff and authors do to a block, in one line each."""

from __future__ import annotations

import io
import tarfile
import uuid
from typing import Any

from lxml import etree
from opaque_keys.edx.keys import UsageKey

from peer_xblocks.demo import models
from peer_xblocks.demo.lms import access, studio


def add(lms: Any, unit: str, olx: str) -> str:
    """A block with a name of its own, so that the same OLX can be added twice."""
    node = etree.fromstring(olx)
    node.set("url_name", uuid.uuid4().hex)
    return str(lms.add_olx(unit, etree.tostring(node, encoding="unicode")))


def set_fields(lms: Any, usage: str, **fields: Any) -> None:
    """An author's change of a block's settings."""
    key = UsageKey.from_string(usage)
    studio.edit(key, fields, lms.author("eve", str(key.context_key)))


def clear_state(lms: Any, usage: str, learner: Any, by: Any) -> None:
    """The instructor's "delete state", on a block that is bound to nobody."""
    course = str(UsageKey.from_string(usage).context_key)
    lms.block(usage).clear_student_state(
        user_id=access.anonymous_id(learner.id, course),
        course_id=course,
        item_id=usage,
        requesting_user_id=access.anonymous_id(by.id, course),
    )


def completion_of(usage: str, learner: Any) -> float | None:
    """The completion on record."""
    rows = models.BlockCompletion.objects.filter(user_id=learner.id, usage=usage)
    return rows.values_list("completion", flat=True).first()


def files(archive: bytes) -> dict[str, bytes]:
    """The files of a course archive by name."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
        return {each.name: packed.extractfile(each).read() for each in packed.getmembers() if each.isfile()}
