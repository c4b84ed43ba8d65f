"""Completions, their reports on the way to a registry, names for certificates, and what the platform still has to take."""

from __future__ import annotations

from django.db import models


class Completion(models.Model):
    """All that a course asked for was met by a learner once; `stands` is false after a reversal took part of it away.

    `asked` is what the course asked for at that time (module ids, seconds, check keys): a later edit of the course
    neither takes a completion away nor gives one.
    """

    key = models.CharField(max_length=64, unique=True)
    learner = models.UUIDField()
    course = models.CharField(max_length=255)
    kind = models.CharField(max_length=8)
    cycle = models.CharField(max_length=32)
    version = models.PositiveIntegerField(default=1)
    stands = models.BooleanField(default=True)
    at = models.DateTimeField()
    asked = models.TextField()

    class Meta:
        app_label = "peer_certification"
        indexes = [models.Index(fields=["learner", "course"], name="peer_cert_whose")]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"


class State(models.TextChoices):
    """Where a report is on its way."""

    WAITING_NAME = "waiting_name", "name needed"
    DUE = "due", "on its way"
    LEASED = "leased", "being sent"
    DELIVERED = "delivered", "received by the registry"
    PARKED = "parked", "needs a person"
    CLOSED = "closed", "account closed, never sent"


class Outbox(models.Model):
    """One version of one completion on its way to the registry. Never deleted, never sent under two names.

    `body` is sealed: a draft without name until `payload_sha256` is set, from then on the exact bytes that are sent;
    empty once the report arrived and its account is retired.
    `fence` rises with each claim, so that a worker that was stopped past its lease settles nothing.
    """

    completion = models.ForeignKey(Completion, models.PROTECT, related_name="reports")
    version = models.PositiveIntegerField()
    webhook_id = models.CharField(max_length=80, unique=True)
    learner = models.UUIDField(db_index=True)
    body = models.TextField()
    payload_sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=16, choices=State.choices)
    created = models.DateTimeField()
    next_attempt = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    fence = models.PositiveBigIntegerField(default=0)
    last_status = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    receipt = models.TextField(blank=True)
    delivered_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True, db_index=True, help_text="The registry's time, from the receipt.")

    class Meta:
        app_label = "peer_certification"
        constraints = [models.UniqueConstraint(fields=["completion", "version"], name="peer_cert_one_report")]
        indexes = [
            models.Index(fields=["state", "next_attempt"], name="peer_cert_due"),
            models.Index(fields=["state", "lease_until"], name="peer_cert_leased"),
        ]

    def __str__(self) -> str:
        return self.webhook_id


class ComparedDay(models.Model):
    """A day (UTC, by the registry's receipts) as it was last compared with the registry."""

    day = models.DateField(unique=True)
    at = models.DateTimeField()
    agreed = models.BooleanField()
    here = models.PositiveIntegerField()
    there = models.PositiveIntegerField()

    class Meta:
        app_label = "peer_certification"

    def __str__(self) -> str:
        return f"{self.day} {'agreed' if self.agreed else 'differs'}"


class Watch(models.Model):
    """Who compares with the registry at the moment, and when it is done next: one row, claimed like a report."""

    next_attempt = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    fence = models.PositiveBigIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        app_label = "peer_certification"

    def __str__(self) -> str:
        return f"next at {self.next_attempt}"


class Difference(models.Model):
    """A report that the registry and this site do not hold alike, until staff looked into it.

    `here` and `there` are the digests of each side; `receipt` is the one that this site held at that time.
    """

    class Kind(models.TextChoices):
        """What is not the same."""

        MISSING = "missing", "received once, and no longer held by the registry"
        OTHER = "other", "held by the registry with other content"
        UNKNOWN = "unknown", "held by the registry, and never sent from here"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    webhook_id = models.CharField(max_length=80)
    day = models.DateField()
    here = models.CharField(max_length=64, blank=True)
    there = models.CharField(max_length=64, blank=True)
    receipt = models.TextField(blank=True)
    words = models.CharField(max_length=200, blank=True)
    told = models.BooleanField(default=False)
    times = models.PositiveIntegerField(default=1)
    since = models.DateTimeField()
    seen = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.BigIntegerField(null=True)

    class Meta:
        app_label = "peer_certification"
        constraints = [models.UniqueConstraint(fields=["kind", "webhook_id"], name="peer_cert_one_difference")]

    def __str__(self) -> str:
        return f"{self.kind} {self.webhook_id}"


class CertificateName(models.Model):
    """The name that a learner wants on certificates, sealed."""

    learner = models.UUIDField(unique=True)
    name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        app_label = "peer_certification"

    def __str__(self) -> str:
        return str(self.learner)


class Publication(models.Model):
    """How far a block is complete for a learner, and whether the platform took it yet."""

    learner = models.UUIDField()
    usage = models.CharField(max_length=255)
    wanted = models.FloatField()
    taken = models.BooleanField(default=False)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt = models.DateTimeField()

    class Meta:
        app_label = "peer_certification"
        constraints = [models.UniqueConstraint(fields=["learner", "usage"], name="peer_cert_one_publication")]
        indexes = [models.Index(fields=["taken", "next_attempt"], name="peer_cert_untaken")]

    def __str__(self) -> str:
        return f"{self.usage} {self.wanted}"


class Unsettled(models.Model):
    """A learner whose evaluation could not be finished when the credit was given; the sweep repeats it."""

    learner = models.UUIDField()
    course = models.CharField(max_length=255)
    since = models.DateTimeField()

    class Meta:
        app_label = "peer_certification"
        constraints = [models.UniqueConstraint(fields=["learner", "course"], name="peer_cert_one_unsettled")]

    def __str__(self) -> str:
        return f"{self.learner} {self.course}"


class Observation(models.Model):
    """A trainer watched somebody practise, or takes that back (`withdraws`). Rows are added and never changed."""

    learner = models.UUIDField()
    course = models.CharField(max_length=255)
    what = models.CharField(max_length=16)
    note = models.TextField(blank=True)
    by = models.UUIDField()
    at = models.BigIntegerField()
    client_id = models.CharField(max_length=64)
    withdraws = models.OneToOneField("self", models.PROTECT, null=True, related_name="withdrawal")

    class Meta:
        app_label = "peer_certification"
        indexes = [
            models.Index(fields=["learner", "course"], name="peer_cert_watched"),
            models.Index(fields=["course"], name="peer_cert_watched_in"),
            models.Index(fields=["at"], name="peer_cert_watched_at"),
        ]
        constraints = [models.UniqueConstraint(fields=["by", "client_id"], name="peer_cert_watched_once")]

    def __str__(self) -> str:
        return f"{self.learner} {self.what}"
