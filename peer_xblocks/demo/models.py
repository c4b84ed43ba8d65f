"""What the demo keeps: courses and their blocks as authors made them, and what people did in them.

Keys are kept as text (`str(usage_key)`), people as ids of Django accounts. Values of fields are JSON in plain text
columns, so that every database gives back what was stored, byte for byte.
"""

from __future__ import annotations

import uuid

from django.core.exceptions import ValidationError
from django.db import models


def new_version() -> str:
    """A name for a state of a course that no other state ever has."""
    return uuid.uuid4().hex


class Course(models.Model):
    """One course run. `version` changes with every change of any of its blocks."""

    key = models.CharField(max_length=191, primary_key=True)
    version = models.CharField(max_length=32, default=new_version)
    public = models.BooleanField(default=False, help_text="Whether people who are not signed in may look at it.")

    class Meta:
        app_label = "peer_demo"

    def __str__(self) -> str:
        return self.key


class Block(models.Model):
    """One block of a course as its author set it: `fields` is a JSON object, `children` a JSON list of usage keys."""

    usage = models.CharField(max_length=191, primary_key=True)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="blocks")
    type = models.CharField(max_length=100)
    parent = models.CharField(max_length=191, default="", blank=True)
    fields = models.TextField(default="{}")
    children = models.TextField(default="[]")
    saves = models.PositiveIntegerField(default=0, help_text="How often Studio saved it, changed or not.")

    class Meta:
        app_label = "peer_demo"

    def __str__(self) -> str:
        return self.usage


class Asset(models.Model):
    """One file of a course: `path` as in its archive, `name` as its address calls it."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="assets")
    path = models.CharField(max_length=191)
    name = models.CharField(max_length=191)
    data = models.BinaryField()

    class Meta:
        app_label = "peer_demo"
        constraints = [models.UniqueConstraint(fields=["course", "name"], name="peer_demo_asset_once")]

    def __str__(self) -> str:
        return f"{self.course_id} {self.path}"


class State(models.Model):
    """All user state of one person in one block as one JSON object, and the grade beside it, as the LMS keeps them."""

    user_id = models.BigIntegerField()
    course = models.CharField(max_length=191)
    usage = models.CharField(max_length=191)
    type = models.CharField(max_length=100, default="")
    state = models.TextField(default="{}", null=True)
    grade = models.FloatField(null=True)
    max_grade = models.FloatField(null=True)

    class Meta:
        app_label = "peer_demo"
        constraints = [models.UniqueConstraint(fields=["user_id", "usage"], name="peer_demo_state_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.usage}"


class SharedField(models.Model):
    """One field of another user scope: a block's summary over people, a person's preference or information."""

    scope = models.CharField(max_length=32)
    owner = models.CharField(max_length=191, help_text="The usage key, or the person and the block type.")
    name = models.CharField(max_length=100)
    value = models.TextField(default="null")

    class Meta:
        app_label = "peer_demo"
        constraints = [models.UniqueConstraint(fields=["scope", "owner", "name"], name="peer_demo_shared_once")]

    def __str__(self) -> str:
        return f"{self.scope} {self.owner} {self.name}"


class Grade(models.Model):
    """The gradebook: what one person earned in one block, kept when the state is deleted."""

    user_id = models.BigIntegerField()
    course = models.CharField(max_length=191)
    usage = models.CharField(max_length=191)
    earned = models.FloatField()
    possible = models.FloatField()

    class Meta:
        app_label = "peer_demo"
        constraints = [models.UniqueConstraint(fields=["user_id", "usage"], name="peer_demo_grade_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.usage} {self.earned}/{self.possible}"


def demand_share(value: float) -> None:
    """Refuses a completion outside 0.0 to 1.0 in the platform's words."""
    if not 0.0 <= value <= 1.0:
        raise ValidationError(f"{value} must be between 0.0 and 1.0")


class BlockCompletion(models.Model):
    """How far one person completed one block."""

    user_id = models.BigIntegerField()
    course = models.CharField(max_length=191)
    usage = models.CharField(max_length=191)
    completion = models.FloatField(validators=[demand_share])

    class Meta:
        app_label = "peer_demo"
        constraints = [models.UniqueConstraint(fields=["user_id", "usage"], name="peer_demo_completion_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.usage} {self.completion}"


class Enrolment(models.Model):
    """One person in one course."""

    user_id = models.BigIntegerField()
    course = models.CharField(max_length=191)
    mode = models.CharField(max_length=32, default="audit")
    is_active = models.BooleanField(default=True)

    class Meta:
        app_label = "peer_demo"
        constraints = [models.UniqueConstraint(fields=["user_id", "course"], name="peer_demo_enrolment_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.course}"


class CourseRole(models.Model):
    """What one person may do in one course: "limited_staff" in the LMS alone, "staff" and "instructor" in Studio too."""

    user_id = models.BigIntegerField()
    course = models.CharField(max_length=191)
    role = models.CharField(max_length=32)

    class Meta:
        app_label = "peer_demo"
        constraints = [models.UniqueConstraint(fields=["user_id", "course", "role"], name="peer_demo_role_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.course} {self.role}"


class AnonymousId(models.Model):
    """The name under which the platform speaks of a person to a block of one course."""

    id = models.CharField(max_length=32, primary_key=True)
    user_id = models.BigIntegerField()
    course = models.CharField(max_length=191)

    class Meta:
        app_label = "peer_demo"
        constraints = [models.UniqueConstraint(fields=["user_id", "course"], name="peer_demo_anonymous_once")]

    def __str__(self) -> str:
        return self.id
