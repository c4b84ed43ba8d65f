"""Answers to checks, marks reached, cards placed, texts signed, and what staff took back. Rows are added and never changed; times are Unix seconds."""

from __future__ import annotations

from typing import Any

from django.db import models


class Kept(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Adds the row; TypeError for one that is there already."""
        if not self._state.adding:
            raise TypeError(f"A {type(self).__name__} is added or reversed, never changed.")
        super().save(*args, **{**kwargs, "force_insert": True})


class Row(Kept):
    """A row about one learner (our UUID) and one block."""

    learner = models.UUIDField()
    course = models.CharField(max_length=255)
    usage = models.CharField(max_length=255)
    at = models.BigIntegerField()

    class Meta:
        abstract = True


class Sending(Row):
    """Something that a page sent, in a round that staff can take back; `client_id` is its mark."""

    round = models.PositiveIntegerField()
    client_id = models.CharField(max_length=64)

    class Meta(Row.Meta):
        abstract = True
        constraints = [models.UniqueConstraint(fields=["learner", "client_id"], name="%(app_label)s_%(class)s_once")]
        indexes = [models.Index(fields=["learner", "usage", "id"], name="%(app_label)s_%(class)s_newest")]


class Step(Sending):
    """One step of many. `at` is when it was done, `received` when it reached us."""

    standing = models.JSONField(default=dict, help_text="Where the learner stood after this answer, for the next one.")
    received = models.BigIntegerField()

    class Meta(Sending.Meta):
        abstract = True


class Try(Step):
    """One answer to one item."""

    item = models.CharField(max_length=64)
    item_digest = models.CharField(max_length=64)
    chosen = models.JSONField()
    right = models.BooleanField()
    share = models.FloatField(help_text="The part of the check that was right after this answer.")

    class Meta(Step.Meta):
        app_label = "peer_activity"

    def __str__(self) -> str:
        return f"{self.learner} {self.item} round {self.round}"


class Placement(Step):
    """One card put into one pile of a card sort; `fits` as the card said then."""

    card = models.CharField(max_length=64)
    card_digest = models.CharField(max_length=64)
    pile = models.CharField(max_length=64)
    fits = models.BooleanField()

    class Meta(Step.Meta):
        app_label = "peer_activity"

    def __str__(self) -> str:
        return f"{self.learner} {self.card} round {self.round}"


class SignedText(Kept):
    """A text that somebody signed, as it was shown (Markdown), once for all who did. Its SHA-256 (hex) names it."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    body = models.TextField()

    class Meta:
        app_label = "peer_activity"

    def __str__(self) -> str:
        return self.sha256


class Signature(Sending):
    """A text was signed: which, under which version, with which words (`statement`)."""

    sha256 = models.CharField(max_length=64)
    version = models.CharField(max_length=64)
    statement = models.CharField(max_length=255)

    class Meta(Sending.Meta):
        app_label = "peer_activity"
        indexes = [*Sending.Meta.indexes, models.Index(fields=["at"], name="peer_activity_signature_at")]

    def __str__(self) -> str:
        return f"{self.learner} {self.sha256}"


class Mastery(Row):
    """The mark of a check was reached. It counts while no reversal is newer than `since`, the round it built on."""

    share = models.FloatField()
    since = models.PositiveIntegerField()

    class Meta:
        app_label = "peer_activity"
        constraints = [models.UniqueConstraint(fields=["learner", "usage", "since"], name="peer_activity_mastery_once")]
        indexes = [models.Index(fields=["at"], name="peer_activity_mastery_at")]

    def __str__(self) -> str:
        return f"{self.learner} {self.usage}"


class Reversal(Row):
    """Staff took back what a learner did in a block: rounds up to `round` no longer count. `by` is who asked."""

    round = models.PositiveIntegerField()
    by = models.UUIDField(null=True)

    class Meta:
        app_label = "peer_activity"
        constraints = [
            models.UniqueConstraint(fields=["learner", "usage", "round"], name="peer_activity_reversal_once")
        ]

    def __str__(self) -> str:
        return f"{self.learner} {self.usage} up to round {self.round}"
