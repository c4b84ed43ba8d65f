"""The hours ledger: rows are written once and never changed; a correction is a row of its own."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class AppendOnly(Exception):
    """Somebody tried to change or delete what is written once."""

    def __init__(self) -> None:
        super().__init__("The hours ledger is written once. Correct it with a reversal, never by a change.")


class WrittenOnce(models.QuerySet):
    """Rows that can be read and added."""

    def update(self, **_values: Any) -> NoReturn:
        """Refused."""
        raise AppendOnly

    def delete(self) -> NoReturn:
        """Refused."""
        raise AppendOnly


class Ledger(models.Model):
    """What every table of the ledger has in common."""

    objects = WrittenOnce.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Writes a new row; an old one is refused."""
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnly


class Kind(models.TextChoices):
    """How contact time was observed."""

    SELF = "self", "self-paced"
    OFFLINE = "offline", "offline, attested"


class Entry(Ledger):
    """One span of credit, one beat without credit (`start == end`), or the reversal of an entry.

    `at` is the second the server wrote it, `seen` the second up to which the lease is answered, `total` what the module
    has after it, `why` what of the claim did not count. A reversal repeats the span it takes back.
    """

    learner = models.UUIDField()
    course = models.CharField(max_length=255)
    module = models.CharField(max_length=64)
    unit = models.CharField(max_length=255, blank=True)
    lease = models.CharField(max_length=32, blank=True)
    seq = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.SELF)
    at = models.BigIntegerField()
    seen = models.BigIntegerField()
    start = models.BigIntegerField()
    end = models.BigIntegerField()
    total = models.PositiveIntegerField()
    why = models.CharField(max_length=200, blank=True)
    day = models.DateField()
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversal")
    by = models.UUIDField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        app_label = "peer_hours"
        indexes = [
            models.Index(fields=["learner", "end"], name="peer_hours_spans"),
            models.Index(fields=["lease", "seq", "id"], name="peer_hours_lease"),
            models.Index(fields=["learner", "course", "module", "id"], name="peer_hours_module"),
            models.Index(fields=["course", "learner"], name="peer_hours_course"),
            models.Index(fields=["at"], name="peer_hours_at"),
        ]

    def __str__(self) -> str:
        return f"{self.learner} {self.module} [{self.start}, {self.end})"


class Claim(Ledger):
    """What a page claimed of a gap that the server could not observe: spans as text, "start-end start-end"."""

    learner = models.UUIDField()
    course = models.CharField(max_length=255)
    module = models.CharField(max_length=64)
    unit = models.CharField(max_length=255)
    lease = models.CharField(max_length=32)
    seq = models.PositiveIntegerField()
    start = models.BigIntegerField()
    end = models.BigIntegerField()
    spans = models.TextField()
    planned = models.PositiveIntegerField()
    zone = models.CharField(max_length=64)

    class Meta:
        app_label = "peer_hours"
        indexes = [models.Index(fields=["learner", "end"], name="peer_hours_claims")]
        constraints = [models.UniqueConstraint(fields=["lease", "seq"], name="peer_hours_claim_once")]

    def __str__(self) -> str:
        return f"{self.learner} [{self.start}, {self.end})"


class SavedWork(Ledger):
    """An answer that was kept on a device while the line was down: when it was given, when it arrived."""

    learner = models.UUIDField()
    course = models.CharField(max_length=255)
    usage = models.CharField(max_length=255)
    at = models.BigIntegerField()
    received = models.BigIntegerField()

    class Meta:
        app_label = "peer_hours"
        indexes = [models.Index(fields=["learner", "at"], name="peer_hours_work")]

    def __str__(self) -> str:
        return f"{self.learner} {self.at}"


class Digest(Ledger):
    """A day's seal over a learner's entries `first` to `last`, linked to the seal before it."""

    learner = models.UUIDField()
    number = models.PositiveIntegerField()
    day = models.DateField()
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    previous = models.CharField(max_length=64)
    link = models.CharField(max_length=64)

    class Meta:
        app_label = "peer_hours"
        constraints = [models.UniqueConstraint(fields=["learner", "number"], name="peer_hours_digest_number")]

    def __str__(self) -> str:
        return f"{self.learner} {self.day}"


class Grant(Ledger):
    """Minutes of a module that staff entered, or the reversal of such an entry. Observed time is never written here."""

    learner = models.UUIDField()
    course = models.CharField(max_length=255)
    module = models.CharField(max_length=64)
    kind = models.CharField(max_length=8)
    seconds = models.PositiveIntegerField()
    reason = models.CharField(max_length=16)
    note = models.TextField(blank=True)
    by = models.UUIDField()
    at = models.BigIntegerField()
    client_id = models.CharField(max_length=64)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversal")

    class Meta:
        app_label = "peer_hours"
        indexes = [
            models.Index(fields=["learner", "course"], name="peer_hours_grants"),
            models.Index(fields=["course"], name="peer_hours_grants_of"),
            models.Index(fields=["at"], name="peer_hours_grants_at"),
        ]
        constraints = [models.UniqueConstraint(fields=["by", "client_id"], name="peer_hours_grant_once")]

    def __str__(self) -> str:
        return f"{self.learner} {self.module} {self.kind} {self.seconds} s"
