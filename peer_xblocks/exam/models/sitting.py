"""Sittings and all that happened in them. Moments and spans are whole milliseconds, moments since 1970 (UTC)."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models

from peer_xblocks.exam.sitting import State


class Once(models.Model):
    """A row that is written once and stays."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Adds the row; TypeError for one that is there already."""
        if not self._state.adding:
            raise TypeError(f"A {type(self).__name__} is added, never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """TypeError: what happened in an exam is evidence."""
        raise TypeError(f"A {type(self).__name__} is kept: it is evidence of an exam.")


class Form(Once):
    """What one sitting asks, whole: items by digest, option orders, blueprint, seed and the bank's digest.

    A random id is never used again, not even after a database was emptied: what a process remembers of it stays true.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64)
    body = models.JSONField()
    at = models.BigIntegerField()

    class Meta:
        app_label = "peer_exam"

    def __str__(self) -> str:
        return self.digest


class Sitting(models.Model):
    """One attempt. Changed only by compare-and-swap on (state, version); never deleted.

    `open_slot` is 1 while it is open and empty afterwards, so that an ordinary unique key allows one open sitting for a
    learner and exam. `sealed` is the journal's last link when it was closed. `passed` and `percent` are those of its
    newest score.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.UUIDField()
    course = models.CharField(max_length=255)
    usage = models.CharField(max_length=255)
    exam = models.CharField(max_length=64)
    purpose = models.CharField(max_length=16)
    mark = models.FloatField()
    attempt = models.PositiveIntegerField()
    form = models.ForeignKey(Form, on_delete=models.PROTECT)
    open_slot = models.PositiveSmallIntegerField(null=True, default=1)
    state = models.CharField(max_length=16, choices=[(each.value, each.value) for each in State])
    version = models.PositiveIntegerField()
    deadline_version = models.PositiveIntegerField()
    limit = models.BigIntegerField()
    grace = models.BigIntegerField()
    percent_time = models.PositiveIntegerField(default=100)
    extra = models.BigIntegerField(default=0)
    outage = models.BigIntegerField(default=0)
    started = models.BigIntegerField(null=True)
    paused = models.BigIntegerField(default=0)
    paused_at = models.BigIntegerField(null=True)
    close = models.BigIntegerField(null=True)
    finished = models.BigIntegerField(null=True)
    deadline = models.BigIntegerField(null=True, help_text="When it ends; empty while paused without a closing time.")
    decided = models.BigIntegerField(null=True)
    passed = models.BooleanField(null=True)
    percent = models.FloatField(null=True)
    sealed = models.CharField(max_length=64, blank=True)

    class Meta:
        app_label = "peer_exam"
        permissions = [("officer", "Exam officer: sees and decides sittings, apart from trainers and authors")]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["learner", "course", "exam", "open_slot"], name="peer_exam_one_open")
        ]
        indexes = [
            models.Index(fields=["open_slot", "deadline"], name="peer_exam_overdue"),
            models.Index(fields=["learner", "course"], name="peer_exam_whose"),
            models.Index(fields=["course", "exam"], name="peer_exam_where"),
            models.Index(fields=["decided"], name="peer_exam_decided"),
        ]

    def __str__(self) -> str:
        return f"{self.exam} attempt {self.attempt}: {self.state}"


class Answer(models.Model):
    """The answer to one question as it stands. `devices` is the last number that each device sent for it."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="answers")
    item = models.CharField(max_length=64)
    chosen = models.JSONField()
    flagged = models.BooleanField(default=False)
    device = models.CharField(max_length=64)
    devices = models.JSONField()
    at = models.BigIntegerField()

    class Meta:
        app_label = "peer_exam"
        constraints = [models.UniqueConstraint(fields=["sitting", "item"], name="peer_exam_one_answer")]

    def __str__(self) -> str:
        return f"{self.item}: {self.chosen}"


class Journal(Once):
    """One thing that happened in a sitting, chained to the one before. `body` is what the link covers, as it was."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="journal")
    number = models.PositiveIntegerField()
    at = models.BigIntegerField()
    kind = models.CharField(max_length=16)
    word = models.CharField(max_length=16, blank=True)
    device = models.CharField(max_length=64, blank=True)
    client_id = models.CharField(max_length=64)
    body = models.TextField()
    previous = models.CharField(max_length=64)
    link = models.CharField(max_length=64)

    class Meta:
        app_label = "peer_exam"
        constraints = [
            models.UniqueConstraint(fields=["sitting", "number"], name="peer_exam_journal_number"),
            models.UniqueConstraint(fields=["sitting", "client_id"], name="peer_exam_journal_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


class Score(Once):
    """A result. A rescore or an override adds one with a higher number; the old ones stay."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="scores")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    raw = models.PositiveIntegerField()
    of = models.PositiveIntegerField()
    mark = models.FloatField()
    needed = models.PositiveIntegerField()
    passed = models.BooleanField()
    domains = models.JSONField()
    given = models.JSONField(default=list)
    at = models.BigIntegerField()
    by = models.UUIDField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        app_label = "peer_exam"
        constraints = [models.UniqueConstraint(fields=["sitting", "number"], name="peer_exam_score_number")]

    def __str__(self) -> str:
        return f"{self.raw} of {self.of}"


class Allowance(Once):
    """More time for one learner in one exam of a course, from the next start on; the newest counts. Never the reason."""

    learner = models.UUIDField()
    course = models.CharField(max_length=255)
    exam = models.CharField(max_length=64)
    percent_time = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()
    by = models.UUIDField()
    at = models.BigIntegerField()

    class Meta:
        app_label = "peer_exam"
        indexes = [models.Index(fields=["learner", "course", "exam"], name="peer_exam_allowed")]

    def __str__(self) -> str:
        return f"{self.percent_time} % and {self.minutes} min"


class StaffAct(Once):
    """What staff did to a sitting, or asked for. The same `client_id` again does nothing."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=16)
    detail = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)
    by = models.UUIDField(null=True)
    at = models.BigIntegerField()
    client_id = models.CharField(max_length=64)

    class Meta:
        app_label = "peer_exam"
        constraints = [models.UniqueConstraint(fields=["sitting", "client_id"], name="peer_exam_act_once")]
        indexes = [models.Index(fields=["kind", "at"], name="peer_exam_acts")]

    def __str__(self) -> str:
        return self.kind


class Standing(models.Model):
    """What the platform's gradebook should say of a learner and a block, and whether it took it yet."""

    learner = models.UUIDField()
    usage = models.CharField(max_length=255)
    share = models.FloatField()
    complete = models.FloatField()
    taken = models.BooleanField(default=False)
    tries = models.PositiveIntegerField(default=0)
    next_try = models.BigIntegerField()

    class Meta:
        app_label = "peer_exam"
        constraints = [models.UniqueConstraint(fields=["learner", "usage"], name="peer_exam_one_standing")]
        indexes = [models.Index(fields=["taken", "next_try"], name="peer_exam_untaken")]

    def __str__(self) -> str:
        return f"{self.usage} {self.share}"
