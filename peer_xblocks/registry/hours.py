"""A practitioner's credited time by category; what was withdrawn does not count."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Sum

from peer_xblocks.registry.models import Practitioner


@dataclass(frozen=True, slots=True)
class Tally:
    """The minutes of one category, and how many activities they come from."""

    category: str
    minutes: int
    activities: int


def by_category(practitioner: Practitioner) -> list[Tally]:
    """Each category's continuing education, in alphabetical order; live and demonstration are never mixed by an office."""
    rows = (
        practitioner.entries.filter(stands=True, kind="ce")
        .order_by("category")
        .values_list("category")
        .annotate(Sum("minutes"), Count("pk"))
    )
    return [Tally(*row) for row in rows]
