"""Who may open which page: registrar, auditor (reads only), practitioner (their own record)."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from peer_xblocks.refusal import NotAllowed
from peer_xblocks.registry import credentials
from peer_xblocks.registry.models import Practitioner

Page = Callable[..., HttpResponse]


class Role(StrEnum):
    """What an account may do; a Django group of the same name, but for practitioners, whose record says it."""

    REGISTRAR = "registrar"
    AUDITOR = "auditor"
    PRACTITIONER = "practitioner"


def of(user: User | AnonymousUser) -> frozenset[Role]:
    """The roles of an account; asked once a request."""
    known: frozenset[Role] | None = getattr(user, "_peer_roles", None)
    if known is None:
        known = _roles(user)
        user._peer_roles = known  # type: ignore[union-attr]
    return known


def _roles(user: User | AnonymousUser) -> frozenset[Role]:
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    groups = set(user.groups.values_list("name", flat=True))
    found = {role for role in (Role.REGISTRAR, Role.AUDITOR) if role in groups}
    if Practitioner.objects.filter(user_id=user.pk).exists():
        found.add(Role.PRACTITIONER)
    return frozenset(found)


def only(*roles: Role) -> Callable[[Page], Page]:
    """A page for accounts with one of `roles`: others are refused, strangers are asked to sign in."""

    def wrap(page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
            if not of(request.user) & set(roles):
                raise NotAllowed(_("Your account may not open this page. Ask the office if you need it."))
            return page(request, *args, **kwargs)

        guarded.roles = frozenset(roles)  # type: ignore[attr-defined]
        return guarded

    return wrap


staff = only(Role.REGISTRAR, Role.AUDITOR)
registrar = only(Role.REGISTRAR)
practitioner = only(Role.PRACTITIONER)


def _to_decide() -> int:
    """How many reports wait for a decision; none said where the database is busy, which the page then speaks of."""
    try:
        return credentials.waiting().count()
    except OperationalError:
        return 0


def seat(request: HttpRequest) -> dict[str, Any]:
    """What every template may ask: the roles of who is signed in, and whether this is a demonstration."""
    held = of(request.user) if hasattr(request, "user") else frozenset()
    return {
        "demonstration": settings.PEER_REGISTRY["DEMO"],
        "office": settings.PEER_REGISTRY["OFFICE"],
        "is_registrar": Role.REGISTRAR in held,
        "is_staff_reader": bool(held & {Role.REGISTRAR, Role.AUDITOR}),
        # A callable: asked only by a page that shows it.
        "to_decide": _to_decide,
        "is_practitioner": Role.PRACTITIONER in held,
    }
