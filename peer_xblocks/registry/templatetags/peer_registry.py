"""How figures and sorting are shown in the registry's tables."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.translation import gettext as _

from peer_xblocks.registry import tracks
from peer_xblocks.registry.search import Search

register = template.Library()

# Columns that are read from A to Z; figures and dates begin with the largest.
WORDS = frozenset({"activity", "category", "sender"})


@register.filter
def hours(minutes: int) -> str:
    """Minutes as people say them.

    >>> hours(1880)
    '31 h 20 min'
    """
    whole, rest = divmod(int(minutes), 60)
    return _("%(hours)d h %(minutes)d min") % {"hours": whole, "minutes": rest} if whole else _("%d min") % rest


@register.filter
def track(label: str) -> str:
    """A track's name in words."""
    return tracks.words(label)


@register.filter
def moment(text: str) -> datetime:
    """The moment that a report writes as text."""
    return datetime.fromisoformat(text)


@register.inclusion_tag("peer_registry/heading.html")
def heading(search: Search, order: str, label: str) -> dict[str, str]:
    """A column's heading that sorts by it: a first time as written, a second time the other way round."""
    now = {order: "ascending", f"-{order}": "descending"}.get(search.order, "none")
    first = order if order in WORDS else f"-{order}"
    follow = {"ascending": f"-{order}", "descending": order}.get(now, first)
    return {"label": label, "sorted": now, "address": search.address(order=follow)}
