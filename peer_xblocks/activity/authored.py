"""What every author's form carries: a title that learners see, ids that nothing else uses."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from peer_xblocks.item.text import clean
from peer_xblocks.refusal import Refusal

MOST_TITLE = 255


def title(data: Mapping[str, object], called: str) -> str:
    """The `display_name` of a form on one line; a `Refusal` for none, or too long a one. `called`: "the check"."""
    given = data.get("display_name")
    words = " ".join(clean(given).split()) if isinstance(given, str) else ""
    if not words or len(words) > MOST_TITLE:
        raise Refusal(f"Give {called} a title of at most {MOST_TITLE} characters.")
    return words


def new_id() -> str:
    """A fresh id for a part of an activity."""
    return uuid.uuid4().hex[:8]
