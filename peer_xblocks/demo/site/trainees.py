"""The demo's trainees of the CRSS track, each brought to where they stand: by their own pages, and by their trainer's entries."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model

from peer_xblocks import clock
from peer_xblocks.certification import observations
from peer_xblocks.demo.site import deeds, personas
from peer_xblocks.demo.site.deeds import PAUSE, mark, post
from peer_xblocks.demo.site.personas import Role
from peer_xblocks.hours import grants
from peer_xblocks.hours.grant import Grant, Kind
from peer_xblocks.hours.modules import Module
from peer_xblocks.learner import learners

DAY = 86400
HALF = 450
"""Seconds of the module on the peer role that were read by day three: half of what it asks for."""
DAY_THREE = {
    "open": "My name is Amara, and this is about the year I learned to ask. I will talk about a hard winter, and you may step out.",
    "person": "Before all of that I was the one who sang in the kitchen and fixed other people’s bicycles.",
}
READY = {
    "open": "I am Wesley. For ten minutes this is about a bus stop, a nurse and a drum. Step out whenever you like.",
    "person": "I played the drums in a church band and could tell you the name of every bus driver in town.",
    "hard": "Then came two years that I mostly spent indoors. I was ashamed, and I thought that nobody was missing me.",
    "turn": "A nurse asked me what I would play first, if I played again. She waited until I had an answer.",
    "help": "I went to a group on Thursdays. I asked a friend to keep my sticks and to bring them when I called.",
    "now": "I drum on Sundays, I work mornings, and I call somebody when the old quiet comes back.",
    "lessons": "Ask a real question. Wait for the answer. Keep something of theirs safe until they call.",
    "close": "Nobody has to do this alone. If tonight is hard, call or text 988. Thank you for listening.",
}


def day_three(user: Any, held: list[Module]) -> None:
    """The modules before it taught, then two pages and half the minutes of the one on the peer role; a story begun."""
    written = _written(held)
    with deeds.at(clock.epoch() - 2 * DAY):
        _enter_taught(user, held[: held.index(written)])
    deeds.read(user, written, HALF, ago=DAY)
    deeds.see(user, written, most=2)
    with deeds.at(clock.epoch() - PAUSE):
        _write(user, deeds.course_of(written), DAY_THREE)


def ready(user: Any, held: list[Module]) -> None:
    """All but the exam: the written module done alone and live, the others entered by the trainer, sort and story done."""
    written = _written(held)
    course = deeds.course_of(written)
    deeds.read(user, written, written.planned, ago=20 * DAY)
    deeds.see(user, written)
    deeds.pass_checks(user, written)
    with deeds.at(clock.epoch() - 2 * DAY):
        _enter(user, course, written)
    with deeds.at(clock.epoch() - DAY):
        _sort(user, course)
        _write(user, course, READY)
        for story in deeds.of_type(course, "peer_story", user):
            post(story, "finish", {"who": post(story, "look", {})["who"]})


def _written(held: list[Module]) -> Module:
    """The module that has pages."""
    return next(module for module in held if not module.outline_only)


def _enter(user: Any, course: str, written: Module) -> None:
    """What the trainer enters: the live minutes, those of the modules without pages, practice that she watched."""
    by, now = _trainer(), clock.epoch()
    live = Grant(Kind.LIVE, written.live, "paper")
    grants.enter(user.pk, course, written.id, live, by=by, client_id=mark(), now=now)
    grants.enter_outlines(user.pk, course, by=by, client_id=mark(), now=now)
    observations.watch(user.pk, course, "role-play", "", by=by, client_id=mark(), now=now)


def _enter_taught(user: Any, taught: list[Module]) -> None:
    """What the trainer enters of modules without pages that she has taught so far."""
    by, now = _trainer(), clock.epoch()
    for module in taught:
        for kind, seconds in ((Kind.SELF, module.planned), (Kind.LIVE, module.live)):
            given = Grant(kind, seconds, "outline")
            grants.enter(user.pk, deeds.course_of(module), module.id, given, by=by, client_id=mark(), now=now)


def _trainer() -> UUID:
    """Our number of the demo's trainer."""
    trainer = get_user_model().objects.get(username=personas.of_role(Role.STAFF)[0].username)
    return learners.of(trainer.pk)


def _sort(user: Any, course: str) -> None:
    """Every card put where it belongs."""
    for sort in deeds.of_type(course, "peer_sort", user):
        deck = sort.deck
        for card in deck.cards:
            said = {"card": card.id, "pile": deck.homes(card)[0].id, "round": 1, "digest": deck.wording(card)}
            post(sort, "place", {**said, "client_id": mark()})


def _write(user: Any, course: str, parts: dict[str, str]) -> None:
    """Parts of a story, as the page keeps them while somebody writes."""
    for story in deeds.of_type(course, "peer_story", user):
        who, page = post(story, "look", {})["who"], mark()
        for seq, (part, text) in enumerate(parts.items(), 1):
            post(story, "keep", {"who": who, "part": part, "text": text, "page": page, "seq": seq, "base": []})
