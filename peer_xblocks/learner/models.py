"""The link between a platform account and our name for it."""

from __future__ import annotations

import uuid

from django.db import models


class Learner(models.Model):
    """One account. `user_id` is the platform's; after account retirement it is empty and the UUID stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user_id = models.BigIntegerField(unique=True, null=True)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "peer_learner"

    def __str__(self) -> str:
        return str(self.id)
