"""The records of card sorts: placements written under the learner's lock, and what staff took back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from peer_xblocks.activity import reversals
from peer_xblocks.activity.models import Placement as Placed
from peer_xblocks.activity.once import once
from peer_xblocks.activity.sort.deck import Card, Deck
from peer_xblocks.activity.sort.placement import Placement
from peer_xblocks.activity.sort.standing import Standing
from peer_xblocks.learner import signals
from peer_xblocks.learner.news import tell
from peer_xblocks.refusal import Clash


@dataclass(frozen=True, slots=True)
class Sort:
    """A card sort as it stands in its course."""

    course: str
    usage: str
    deck: Deck


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a placement. `done_now` is true for the one that placed the last card, also when it is sent again."""

    learner: UUID
    card: Card
    pile: str
    standing: Standing
    done_now: bool = False


def record(user_id: int, sort: Sort, placement: Placement, *, now: int) -> Outcome:
    """Writes one placement; the same `client_id` again writes nothing and tells the same."""
    card = placement.to(sort.deck)
    return once(
        user_id,
        lambda learner: _written(learner, sort, card, placement, now),
        lambda learner: _told_again(learner, sort, card, placement),
    )


def standing(learner: UUID | None, sort: Sort) -> Standing:
    """Where a learner stands: read off the newest placement, however many there are; the beginning for a newcomer."""
    if learner is None:
        return Standing()
    rows = Placed.objects.filter(learner=learner, usage=sort.usage).order_by("-id")
    newest = rows.values("round", "standing").first()
    if newest is None:
        return Standing()
    begun = reversals.begun(learner, sort.usage)
    if newest["round"] <= begun:
        return Standing(begun=begun)
    return Standing(newest["standing"]["placed"], newest["round"], begun, newest["standing"]["done"])


def reverse(learner: UUID, sort: Sort, *, by: UUID | None, now: int) -> bool:
    """Takes back what a learner did in a sort, keeping every row; False where there is nothing to take back."""

    def going_on() -> int | None:
        so_far = standing(learner, sort)
        return so_far.round if so_far.placed else None

    what = f"card sort {sort.usage}"
    return reversals.take_back(learner, sort.course, sort.usage, going_on, by=by, now=now, what=what)


def _written(learner: UUID, sort: Sort, card: Card, placement: Placement, now: int) -> Outcome:
    before = standing(learner, sort)
    after = before.after(card.id, placement.pile, placement.round, sort.deck)
    where = {"learner": learner, "course": sort.course, "usage": sort.usage}
    made = placement.made_at(now)
    Placed.objects.create(
        **where, at=made, received=now, client_id=placement.client_id, round=after.round, card=card.id,
        card_digest=card.digest, pile=placement.pile, fits=placement.pile in card.piles,
        standing={"placed": dict(after.placed), "done": after.done},
    )  # fmt: skip
    if placement.at is not None:
        tell(signals.work_saved, **where, at=made, received=now)
    return Outcome(learner, card, placement.pile, after, after.done and not before.done)


def _told_again(learner: UUID, sort: Sort, card: Card, placement: Placement) -> Outcome:
    kept = Placed.objects.filter(learner=learner, client_id=placement.client_id).first()
    if kept is None or (kept.usage, kept.card) != (sort.usage, card.id):
        raise Clash("This card carries a mark that was used before. Reload the page and place it again.")
    now = standing(learner, sort)
    return Outcome(learner, card, kept.pile, now, done_now=now.done)
