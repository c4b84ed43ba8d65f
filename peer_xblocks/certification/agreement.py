"""How the registry and this site stand to each other, as staff see it, and what staff have looked into."""

from __future__ import annotations

from dataclasses import dataclass

from peer_xblocks import clock
from peer_xblocks.certification.models import ComparedDay, Difference, Watch
from peer_xblocks.refusal import NotThere


@dataclass(frozen=True, slots=True)
class Agreement:
    """What staff see: the last day on which both sides agreed, days that differ, how many differences wait, and the newest."""

    last: ComparedDay | None
    differing: int
    trouble: str
    waiting: int
    open: list[Difference]
    closed: list[Difference]


def standing(most: int = 50) -> Agreement:
    """How the two sides stand; a list holds at most `most`, newest first."""
    days = ComparedDay.objects.order_by("-day")
    rows = Difference.objects.order_by("-id")
    return Agreement(
        last=days.filter(agreed=True).first(),
        differing=days.filter(agreed=False).count(),
        trouble=Watch.objects.filter(pk=1).values_list("trouble", flat=True).first() or "",
        waiting=rows.filter(closed_at=None).count(),
        open=list(rows.filter(closed_at=None)[:most]),
        closed=list(rows.exclude(closed_at=None)[:most]),
    )


def close(number: int, user_id: int) -> None:
    """Marks a difference as looked into by a person; the same again changes nothing."""
    same = Difference.objects.filter(id=number)
    if not same.exists():
        raise NotThere("There is no such difference. Go back to the list.")
    same.filter(closed_by=None).update(closed_at=clock.now(), closed_by=user_id)
