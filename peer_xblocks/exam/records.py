"""What the platform's own staff tools do with sittings: take back, and list."""

from __future__ import annotations

import uuid
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from uuid import UUID

from django.contrib.auth import get_user_model

from peer_xblocks.exam import grades, officers
from peer_xblocks.exam.form import DECIDING
from peer_xblocks.exam.models import Sitting
from peer_xblocks.exam.officers import Act
from peer_xblocks.exam.sitting import State
from peer_xblocks.exam.words import STATES, Gettext
from peer_xblocks.learner import learners as people

NOBODY = UUID(int=0)
REASON = "Deleted with the platform's staff tools"
Row = OrderedDict[str, str]


def take_back(learner: UUID, usage: str, *, by: UUID | None, now: int) -> None:
    """Voids the sittings of a learner at a block. Of an exam that decides, only an officer's word does: others ask."""
    for row in Sitting.objects.filter(learner=learner, usage=usage).exclude(state=State.VOIDED):
        act = Act(by or NOBODY, REASON, uuid.uuid4().hex)
        if row.purpose == DECIDING and not _officer(by):
            officers.ask_void(row.id, act, now=now)
            grades.repeat(row, now=now)
        else:
            officers.void(row.id, act, now=now)


def _officer(by: UUID | None) -> bool:
    user_id = people.user_of(by) if by else None
    user = get_user_model().objects.filter(id=user_id).first() if user_id else None
    return bool(user and user.has_perm(officers.PERMISSION))


def rows(usage: str, learners: Iterable[UUID], gettext: Gettext) -> Mapping[UUID, list[Row]]:
    """The sittings of many learners at a block in one query, without an answer or a score."""
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in Sitting.objects.filter(usage=usage, learner__in=list(learners)).order_by("started"):
        found[row.learner].append(_row(row, gettext))
    return found


def _row(row: Sitting, gettext: Gettext) -> Row:
    told = [("Attempt", str(row.attempt)), ("State", gettext(STATES[row.state]))]
    return OrderedDict([*told, ("Started (UTC)", _time(row.started)), ("Finished (UTC)", _time(row.finished))])


def _time(moment: int | None) -> str:
    return "" if moment is None else datetime.fromtimestamp(moment // 1000, UTC).strftime("%Y-%m-%d %H:%M:%S")
