"""What the registry keeps. Lines, joins, decisions and audit rows are only ever added; the database refuses the rest."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from peer_xblocks import clock
from peer_xblocks.registry import sealed

SEQ, KEY, HASH, SITE = 20, 52, 64, 64


STATUSES = {"open": _("Record open"), "certified": _("Certified"), "inactive": _("Not active")}
JOINS = {
    "registrar": _("by the registrar"),
    "code": _("by the practitioner's link code"),
    "account": _("same account at the same site, joined before"),
    "apart": _("taken apart"),
}
ALERTS = {
    "conflict": _("Same report id, different content"),
    "clock": _("A sender's clock is off, or an old request came again"),
    "withdrawn": _("A site withdrew a completion that was joined"),
    "unknown": _("A site does not know a report that is held here"),
}


def moment() -> datetime:
    """Now, for the columns that say when a row was written."""
    return clock.now()


class Head(models.Model):
    """The end of the ledger's chain: one row, locked by everyone who writes."""

    ledger_id = models.CharField(max_length=64)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=HASH)

    def __str__(self) -> str:
        return f"{self.ledger_id} at {self.seq}"


class Line(models.Model):
    """One report as it was received, without a word about the person: its digest, its place in the chain, its receipt."""

    seq = models.PositiveBigIntegerField(unique=True)
    sender = models.CharField(max_length=SITE)
    completion_key = models.CharField(max_length=KEY)
    version = models.PositiveIntegerField()
    payload_sha256 = models.CharField(max_length=HASH)
    prev_hash = models.CharField(max_length=HASH)
    hash = models.CharField(max_length=HASH, unique=True)
    received_at = models.DateTimeField()
    reply = models.TextField(help_text="The signed receipt, byte for byte as it was answered.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sender", "completion_key", "version"], name="peer_registry_line_once")
        ]
        indexes = [models.Index(fields=["sender", "received_at"], name="peer_registry_line_day")]

    def __str__(self) -> str:
        return f"{self.seq}: {self.sender} {self.completion_key} v{self.version}"


class Payload(models.Model):
    """The report of a line, sealed. Apart from the ledger, so that keys can be renewed while the chain stays as it is."""

    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="payload")
    body: Any = sealed.SealedField()

    def __str__(self) -> str:
        return f"report of line {self.line_id}"


class Practitioner(models.Model):
    """A person in the registry, under a random number that says nothing about them."""

    class Status(models.TextChoices):
        """Where a person stands with the office; each change is a decision of the registrar."""

        OPEN = "open"
        CERTIFIED = "certified"
        INACTIVE = "inactive"

        @property
        def label(self) -> str:
            """The same in words."""
            return str(STATUSES[self.value])

    registry_id = models.CharField(max_length=16, unique=True)
    name: Any = sealed.SealedField()
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.OPEN)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="practitioner"
    )
    opened_at = models.DateTimeField(default=moment)

    def __str__(self) -> str:
        return self.registry_id


class Entry(models.Model):
    """One completion as it stands: read from the highest version of its report, joined to a practitioner or waiting."""

    sender = models.CharField(max_length=SITE)
    completion_key = models.CharField(max_length=KEY)
    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="entry")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    activity = models.CharField(max_length=255)
    provider = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=64, blank=True)
    track = models.CharField(max_length=16, blank=True)
    minutes = models.PositiveIntegerField()
    completed_at = models.DateTimeField()
    stands = models.BooleanField()
    live = models.BooleanField()
    name: Any = sealed.SealedField()
    learner_mark = models.CharField(max_length=32, db_index=True)
    email_mark = models.CharField(max_length=32, db_index=True)
    practitioner = models.ForeignKey(
        Practitioner, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "completion_key"], name="peer_registry_entry_once")]

    def __str__(self) -> str:
        return f"{self.sender} {self.completion_key}"

    @property
    def state(self) -> str:
        """`waiting` to be matched, `joined` to a practitioner, or `withdrawn` by the site that reported it."""
        if not self.stands:
            return "withdrawn"
        return "joined" if self.practitioner_id else "waiting"


class NameMark(models.Model):
    """A blind index of names: finds who has a word in their name without a name standing in the table."""

    mark = models.CharField(max_length=32, db_index=True)
    entry = models.ForeignKey(Entry, null=True, on_delete=models.CASCADE, related_name="name_marks")
    practitioner = models.ForeignKey(Practitioner, null=True, on_delete=models.CASCADE, related_name="name_marks")

    def __str__(self) -> str:
        return self.mark


class Join(models.Model):
    """An entry was joined to a practitioner, or (without one) taken apart again. The latest row is in force."""

    class How(models.TextChoices):
        """What the join rests on."""

        REGISTRAR = "registrar"
        CODE = "code"
        ACCOUNT = "account"
        APART = "apart"

        @property
        def label(self) -> str:
            """The same in words."""
            return str(JOINS[self.value])

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="joins")
    practitioner = models.ForeignKey(Practitioner, null=True, on_delete=models.PROTECT, related_name="joins")
    how = models.CharField(max_length=16, choices=How.choices)
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=moment)

    def __str__(self) -> str:
        return f"{self.entry_id} {self.how}"


class LinkCode(models.Model):
    """A one-time code with which a practitioner claims a waiting entry. Only its keyed hash is kept."""

    mark = models.CharField(max_length=32, unique=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="codes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=moment)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"code for {self.entry_id}"


class Decision(models.Model):
    """A practitioner's status was changed: from what, to what, why and by whom."""

    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="decisions")
    before = models.CharField(max_length=16)
    after = models.CharField(max_length=16, choices=Practitioner.Status.choices)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=moment)

    def __str__(self) -> str:
        return f"{self.practitioner_id}: {self.before} → {self.after}"

    def get_before_display(self) -> str:
        """The former status in words."""
        return str(Practitioner.Status(self.before).label)


class Credential(models.Model):
    """A registrar certified a practitioner in a track, on the strength of one training report. Never changed."""

    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="credentials")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="credential")
    track = models.CharField(max_length=16, help_text="The programme's code of the track.")
    number = models.CharField(max_length=24, unique=True)
    certified_on = models.DateField()
    live = models.BooleanField(help_text="False for a demonstration, which certifies nobody.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=moment)

    def __str__(self) -> str:
        return self.number

    @property
    def concern(self) -> str:
        """What became of the report it rests on: `withdrawn` by its site, taken `apart` from the person, or nothing."""
        if not self.entry.stands:
            return "withdrawn"
        return "" if self.entry.practitioner_id == self.practitioner_id else "apart"


class Alert(models.Model):
    """Something a registrar should look into; the same thing again raises its count."""

    class Kind(models.TextChoices):
        """What happened."""

        CONFLICT = "conflict"
        CLOCK = "clock"
        WITHDRAWN = "withdrawn"
        UNKNOWN = "unknown"

        @property
        def label(self) -> str:
            """The same in words."""
            return str(ALERTS[self.value])

    kind = models.CharField(max_length=16, choices=Kind.choices)
    sender = models.CharField(max_length=SITE)
    subject = models.CharField(max_length=160)
    detail = models.CharField(max_length=500, blank=True)
    line = models.ForeignKey(Line, null=True, on_delete=models.PROTECT, related_name="alerts")
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField(default=moment)
    last_at = models.DateTimeField(default=moment)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "sender", "subject"], name="peer_registry_alert_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.sender} {self.subject}"


class Audit(models.Model):
    """Who did or looked at what, and when; before and after as keyed hashes, so that the log itself names nobody."""

    at = models.DateTimeField(default=moment, db_index=True)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=40)
    subject = models.CharField(max_length=64, blank=True)
    place = models.CharField(max_length=32, blank=True, help_text="Keyed hash of the address it came from.")
    before = models.CharField(max_length=32, blank=True)
    after = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["act", "subject", "at"], name="peer_registry_audit_subject"),
            models.Index(fields=["act", "place", "at"], name="peer_registry_audit_place"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act} {self.subject}"
