"""The records of signed texts: each text once by its hash, each signature once, what staff took back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from peer_xblocks.activity import reversals
from peer_xblocks.activity.attestation.document import Document
from peer_xblocks.activity.models import Signature, SignedText
from peer_xblocks.activity.once import once
from peer_xblocks.activity.sent import Sent
from peer_xblocks.learner import signals
from peer_xblocks.learner.news import tell
from peer_xblocks.refusal import Clash


class TextChanged(Clash):
    """A signature under another text than the one that stands."""

    def __init__(self) -> None:
        super().__init__("This text was changed while you had it open. Please read the new text, then sign it.")


@dataclass(frozen=True, slots=True)
class Signed:
    """When (Unix seconds) a text was signed, its version, and the SHA-256 (hex) of exactly what was shown."""

    at: int
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text is signed: the course and the block, as text."""

    course: str
    usage: str


def sign(user_id: int, place: Place, shown: Document, sent: Sent, *, statement: str, now: int) -> UUID:
    """Keeps that a learner signed `shown` with the words `statement`; answers who. The same text again adds nothing.

    Raises `TextChanged` where the page showed another text, by its hash.
    """
    if sent.digest != shown.sha256:
        raise TextChanged
    SignedText.objects.get_or_create(sha256=shown.sha256, defaults={"body": shown.body})
    made = Signature(
        course=place.course, usage=place.usage, at=now, version=shown.version, sha256=shown.sha256,
        statement=statement, client_id=sent.client_id,
    )  # fmt: skip
    return once(user_id, lambda learner: _written(learner, made), lambda learner: _told_again(learner, place, sent))


def standing(learner: UUID | None, usage: str) -> tuple[Signed, ...]:
    """What a learner signed here and nobody took back, newest first."""
    if learner is None:
        return ()
    rows = Signature.objects.filter(learner=learner, usage=usage, round__gt=reversals.begun(learner, usage))
    return tuple(Signed(*each) for each in rows.order_by("-id").values_list("at", "version", "sha256"))


def bodies(hashes: Iterable[str]) -> dict[str, str]:
    """The texts of these hashes (Markdown), as they were when they were signed."""
    return dict(SignedText.objects.filter(sha256__in=set(hashes)).values_list("sha256", "body"))


def reverse(learner: UUID, place: Place, *, by: UUID | None, now: int) -> bool:
    """Takes back what a learner signed here, keeping every row; False where there is nothing to take back."""

    def going_on() -> int | None:
        begun = reversals.begun(learner, place.usage)
        rows = Signature.objects.filter(learner=learner, usage=place.usage, round__gt=begun)
        return rows.order_by("-round").values_list("round", flat=True).first()

    what = f"signature {place.usage}"
    return reversals.take_back(learner, place.course, place.usage, going_on, by=by, now=now, what=what)


def signed(learner: UUID, course: str) -> dict[str, Signed]:
    """The newest signature of a learner in each block of a course that nobody took back, by usage."""
    rows = Signature.objects.filter(learner=learner, course=course).order_by("id")
    found = list(rows.values_list("usage", "round", "at", "version", "sha256"))
    begun = reversals.begun_in(learner, course) if found else {}
    return {usage: Signed(*said) for usage, turn, *said in found if turn > begun.get(usage, 0)}


def recent(since: datetime) -> set[tuple[UUID, str]]:
    """The learners and courses with a text signed since then."""
    rows = Signature.objects.filter(at__gte=int(since.timestamp())).order_by()
    return set(rows.values_list("learner", "course").distinct())


def _written(learner: UUID, made: Signature) -> UUID:
    begun = reversals.begun(learner, made.usage)
    rows = Signature.objects.filter(learner=learner, usage=made.usage, round__gt=begun).order_by("-id")
    if rows.values_list("sha256", flat=True).first() == made.sha256:
        return learner
    made.learner, made.round = learner, begun + 1
    made.save()
    tell(signals.text_signed, learner=learner, course=made.course, usage=made.usage)
    return learner


def _told_again(learner: UUID, place: Place, sent: Sent) -> UUID:
    kept = Signature.objects.filter(learner=learner, client_id=sent.client_id).values_list("usage", "sha256").first()
    if kept != (place.usage, sent.digest):
        raise Clash("This signature carries a mark that was used before. Reload the page and sign again.")
    return learner
