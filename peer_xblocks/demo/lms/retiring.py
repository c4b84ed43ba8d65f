"""Retiring an account as the LMS does it: the address goes at once, then the plugins hear of it, then the names go."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction
from django.dispatch import Signal

#: As `USER_RETIRE_LMS_CRITICAL` of the platform: `user`, with the name that it still has.
account_retired = Signal()


def retire(user: Any) -> None:
    """Retires an account; what a plugin raises stops it, and it can be started again."""
    mark = hashlib.sha256(f"account {user.pk}".encode()).hexdigest()[:16]
    user.email = f"retired__user_{mark}@retired.invalid"
    user.set_unusable_password()
    user.save()
    with transaction.atomic():
        account_retired.send(sender=None, user=user)
        user.first_name = user.last_name = ""
        user.username, user.is_active = f"retired__user_{mark}", False
        user.save()
