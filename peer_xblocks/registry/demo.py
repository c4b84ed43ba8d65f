"""The made-up people of a demonstration, and the door that only opens there and only from this machine."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest

from peer_xblocks.registry import accounts, practitioners
from peer_xblocks.registry.models import Practitioner
from peer_xblocks.registry.roles import Role


@dataclass(frozen=True, slots=True)
class Persona:
    """One made-up person of the registry."""

    username: str
    name: str
    role: Role
    story: str


PERSONAS = (
    Persona("gwen", "Gwen Tolliver", Role.REGISTRAR, "Registrar: sees what came in and says whose it is."),
    Persona("ines", "Ines Marlow", Role.AUDITOR, "Auditor: reads everything and changes nothing."),
    Persona("renee", "Renee Calloway", Role.PRACTITIONER, "Certified specialist: sees her own hours."),
    Persona("marcus", "Marcus Oyelaran", Role.PRACTITIONER, "Certified specialist: sees his own hours."),
    Persona("ruben", "Ruben Castellano", Role.PRACTITIONER, "Certified specialist: sees his own hours."),
    Persona("delia", "Delia Whitfield", Role.PRACTITIONER, "Certified specialist: sees her own hours."),
)
USERNAMES = frozenset(each.username for each in PERSONAS)


def open_to(request: HttpRequest) -> bool:
    """Whether this request may step in as a made-up person."""
    try:
        here = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        here = False
    return bool(settings.PEER_REGISTRY["DEMO"]) and here


def doors(request: HttpRequest) -> list[Persona]:
    """The people that this request may step in as."""
    if not open_to(request):
        return []
    there = set(User.objects.filter(username__in=USERNAMES).values_list("username", flat=True))
    return [each for each in PERSONAS if each.username in there]


def seed(password: str) -> list[Persona]:
    """Makes the people that are not there yet; answers which it made."""
    made = [each for each in PERSONAS if not User.objects.filter(username=each.username).exists()]
    for each in made:
        accounts.make(each.username, each.role, password, name=each.name)
    registrar = User.objects.get(username="gwen")
    for record in Practitioner.objects.filter(user__username__in=[each.username for each in made]):
        certified = Practitioner.Status.CERTIFIED
        practitioners.decide(record, certified, "Made up for the demonstration.", by=registrar)
    return made
