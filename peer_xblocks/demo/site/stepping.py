"""Stepping into a made-up person: only in the demo, only from this machine."""

from __future__ import annotations

import ipaddress

from django.contrib.auth import get_user_model, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_POST

from peer_xblocks.demo.site import personas
from peer_xblocks.demo.site.pages import page
from peer_xblocks.demo.site.personas import Role

NAMES = ("127.0.0.1", "localhost", "[::1]")
BACKEND = "django.contrib.auth.backends.ModelBackend"
HOMES = {
    Role.LEARNER: "peer_demo_site:courses",
    Role.STAFF: "peer_demo_site:courses",
    Role.AUTHOR: "peer_demo_site:studio",
    Role.OFFICER: "peer_exam:office",
}
GROUPS = (
    ("People who learn", (Role.LEARNER,)),
    ("People who teach, write, examine and certify", (Role.STAFF, Role.AUTHOR, Role.OFFICER, Role.REGISTRAR)),
)


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """The front page: who do you want to be?"""
    there = set(get_user_model().objects.values_list("username", flat=True))
    groups = [
        {"title": title, "people": [each for each in personas.of_role(*roles) if _here(each, there)]}
        for title, roles in GROUPS
    ]
    return page(request, "front.html", {"groups": [group for group in groups if group["people"]]})


@csrf_protect
@require_POST
def step_in(request: HttpRequest) -> HttpResponse:
    """Signs a browser of this machine in as a made-up person."""
    if not from_here(request):
        return page(
            request, "refused.html", {"sentence": "Stepping into people works on this machine only."}, status=403
        )
    wanted = personas.named(request.POST.get("persona", ""))
    user = get_user_model().objects.filter(username=wanted.username).first() if wanted else None
    if wanted and wanted.role is Role.REGISTRAR:
        return redirect("peer_demo_site:registrar")
    if wanted is None or user is None:
        return page(
            request,
            "refused.html",
            {"sentence": "Nobody of that name is here. Pick somebody from the front page."},
            status=404,
        )
    login(request, user, backend=BACKEND)
    return redirect(HOMES[wanted.role])


@csrf_protect
@require_POST
def step_out(request: HttpRequest) -> HttpResponse:
    """Signs out, back to the front page."""
    logout(request)
    return redirect("peer_demo_site:front")


@require_GET
def registrar(request: HttpRequest) -> HttpResponse:
    """Where the registrar works: the registry, a site of its own."""
    return page(request, "registrar.html", {"person": personas.of_role(Role.REGISTRAR)[0]})


def from_here(request: HttpRequest) -> bool:
    """Whether a request comes from this machine and no proxy, to a name that only this machine has."""
    name = request.get_host().rsplit(":", 1)[0] if not request.get_host().endswith("]") else request.get_host()
    try:
        near = ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        near = False
    return near and name in NAMES and "HTTP_X_FORWARDED_FOR" not in request.META


def _here(person: personas.Persona, there: set[str]) -> bool:
    return person.username in there or person.role is Role.REGISTRAR
