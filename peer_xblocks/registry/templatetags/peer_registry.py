"""How figures and sorting are shown in the registry's tables."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from peer_xblocks.registry.search import Search

register = template.Library()


@register.filter
def hours(minutes: int) -> str:
    """Minutes as people say them.

    >>> hours(1880)
    '31 h 20 min'
    """
    whole, rest = divmod(int(minutes), 60)
    return _("%(hours)d h %(minutes)d min") % {"hours": whole, "minutes": rest} if whole else _("%d min") % rest


@register.inclusion_tag("peer_registry/heading.html")
def heading(search: Search, order: str, label: str) -> dict[str, str]:
    """A column's heading that sorts by it: a first time as written, a second time the other way round."""
    now = {order: "ascending", f"-{order}": "descending"}.get(search.order, "none")
    follow = order if now == "descending" else f"-{order}"
    return {"label": label, "sorted": now, "address": search.address(order=follow)}
