"""Forms as records, and the questions they ask: both written once, so that a process may remember them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from uuid import UUID

from peer_xblocks.exam import banks, form, models
from peer_xblocks.exam.form import Form
from peer_xblocks.item.item import Item


def keep(made: Form, *, now: int) -> models.Form:
    """Writes a form down."""
    return models.Form.objects.create(digest=made.digest, body=made.as_data(), at=now)


@lru_cache(maxsize=512)
def of(form_id: UUID) -> Form:
    """The form of a record."""
    return form.stored(models.Form.objects.values_list("body", flat=True).get(id=form_id))


def items(asked: Form) -> Mapping[str, Item]:
    """The questions of a form by item id, each in the version that the form asked, whatever became of its bank."""
    return {place.item: _item(place.digest) for place in asked.places}


@lru_cache(maxsize=4096)
def _item(digest: str) -> Item:
    return banks.item(digest)
