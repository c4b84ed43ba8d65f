"""The log of who did what, look-ups too."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest

from peer_xblocks.registry import sealed
from peer_xblocks.registry.models import Audit


def place(request: HttpRequest) -> str:
    """A keyed hash of the address a request comes from: equal for equal addresses, and nothing more."""
    return sealed.mark("address", request.META.get("REMOTE_ADDR", ""))


def write(
    act: str,
    subject: str = "",
    *,
    by: User | AnonymousUser | None = None,
    place: str = "",
    before: object = None,
    after: object = None,
) -> None:
    """Adds one row; `before` and `after` are kept as keyed hashes only."""
    who = by if isinstance(by, User) else None
    Audit.objects.create(
        act=act, subject=subject[:64], who=who, place=place, before=_digest(before), after=_digest(after)
    )


def looked(request: HttpRequest, act: str, subject: str = "", after: object = None) -> None:
    """Adds a row for a look-up by who is signed in."""
    write(act, subject, by=request.user, place=place(request), after=after)


def _digest(value: object) -> str:
    return "" if value is None else sealed.mark("audit", str(value))
