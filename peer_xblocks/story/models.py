"""Stories at rest. No column but `sealed` holds a word of anybody; times are Unix seconds; a learner is our UUID."""

from __future__ import annotations

from django.db import models


class Owned(models.Model):
    """A row of one learner about one block."""

    learner = models.UUIDField()
    course = models.CharField(max_length=255)
    usage = models.CharField(max_length=255)
    at = models.BigIntegerField()

    class Meta:
        abstract = True


class Passage(Owned):
    """One version of one part. `live` is what the owner sees now; two live rows are two versions to choose from.

    `page` and `seq` name the save that wrote it; `begun` is when this version was first written.
    """

    part = models.CharField(max_length=32)
    page = models.CharField(max_length=64)
    seq = models.PositiveIntegerField()
    live = models.BooleanField(default=True)
    begun = models.BigIntegerField()
    sealed = models.TextField()

    class Meta:
        app_label = "peer_story"
        constraints = [
            models.UniqueConstraint(fields=["learner", "usage", "part", "page", "seq"], name="peer_story_passage_once")
        ]

    def __str__(self) -> str:
        return f"{self.learner} {self.part}"


class Run(Owned):
    """A rehearsal or a piece read aloud: its times are sealed too, since they tell how long each part is."""

    client_id = models.CharField(max_length=64)
    sealed = models.TextField()

    class Meta:
        app_label = "peer_story"
        constraints = [models.UniqueConstraint(fields=["learner", "client_id"], name="peer_story_run_once")]
        indexes = [models.Index(fields=["learner", "usage", "id"], name="peer_story_run_newest")]

    def __str__(self) -> str:
        return f"{self.learner} {self.at}"


class What(models.TextChoices):
    """What happened to a story as a whole."""

    DONE = "done"
    TAKEN_BACK = "taken_back"
    DELETED = "deleted"


class Mark(Owned):
    """That a story was marked done, taken back by staff (`by`), or deleted. Added, never changed."""

    what = models.CharField(max_length=16, choices=What.choices)
    by = models.UUIDField(null=True)

    class Meta:
        app_label = "peer_story"
        indexes = [
            models.Index(fields=["learner", "course", "id"], name="peer_story_mark_learner"),
            models.Index(fields=["usage", "learner"], name="peer_story_mark_usage"),
            models.Index(fields=["at"], name="peer_story_mark_at"),
        ]

    def __str__(self) -> str:
        return f"{self.learner} {self.what}"
