"""Scores as records: the first when a sitting closes, later ones beside it, never over it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from peer_xblocks.exam import forms, models, scoring
from peer_xblocks.exam.scoring import Domain, Score
from peer_xblocks.refusal import Refusal

FIRST, RESCORE, OVERRIDE = "first", "rescore", "override"


def first(row: models.Sitting, *, now: int) -> None:
    """Scores a sitting that closes; its row is still to be written. The unique number lets this happen once."""
    _add(row, _scored(row, ()), number=1, kind=FIRST, now=now)
    row.decided = now


def again(row: models.Sitting, *, given: Collection[str], by: UUID, reason: str, now: int) -> None:
    """Scores anew, with `given` items counting as right for everybody."""
    number = _newest(row).number + 1
    strangers = set(given) - {place.item for place in forms.of(row.form_id).counted}
    if strangers:
        raise Refusal(f"These are no questions of this form that count: {', '.join(sorted(strangers))}.")
    _add(row, _scored(row, given), number=number, kind=RESCORE, now=now, by=by, reason=reason, given=given)


def override(row: models.Sitting, raw: int, *, by: UUID, reason: str, now: int) -> None:
    """Puts `raw` points in the place of those that were counted."""
    old = _newest(row)
    if not 0 <= raw <= old.of:
        raise Refusal(f"Give 0 to {old.of} points.")
    score = Score(raw, old.of, old.mark, old.needed, raw >= old.needed, domains(old))
    _add(row, score, number=old.number + 1, kind=OVERRIDE, now=now, by=by, reason=reason)


def newest(sittings: Collection[models.Sitting]) -> Mapping[UUID, models.Score]:
    """The score that stands, by sitting."""
    rows = models.Score.objects.filter(sitting__in=sittings).order_by("number")
    return {row.sitting_id: row for row in rows}


def domains(row: models.Score) -> tuple[Domain, ...]:
    """The domains of a record."""
    return tuple(Domain(*each) for each in row.domains)


def _newest(row: models.Sitting) -> models.Score:
    return row.scores.order_by("-number")[0]


def _scored(row: models.Sitting, given: Collection[str]) -> Score:
    form = forms.of(row.form_id)
    chosen = dict(models.Answer.objects.filter(sitting=row).values_list("item", "chosen"))
    return scoring.score(form, forms.items(form), chosen, mark=row.mark, given=given)


def _add(
    row: models.Sitting, score: Score, *, number: int, kind: str, now: int, by: UUID | None = None, reason: str = "",
    given: Collection[str] = (),
) -> None:  # fmt: skip
    models.Score.objects.create(
        sitting=row, number=number, kind=kind, raw=score.raw, of=score.of, mark=score.mark, needed=score.needed,
        passed=score.passed, domains=[[each.code, each.right, each.of] for each in score.domains],
        given=sorted(given), at=now, by=by, reason=reason,
    )  # fmt: skip
    row.passed, row.percent = score.passed, score.percent
