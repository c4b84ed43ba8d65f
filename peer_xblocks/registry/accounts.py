"""Accounts of the registry's people, made by its operator."""

from __future__ import annotations

from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from peer_xblocks.refusal import Refusal
from peer_xblocks.registry import audit, ledger, practitioners
from peer_xblocks.registry.models import Practitioner
from peer_xblocks.registry.roles import Role


def make(username: str, role: Role, password: str, *, name: str = "", record: str = "") -> User:
    """A new account with one role; a practitioner's opens a record under `name`, or takes the one numbered `record`."""
    if User.objects.filter(username=username).exists():
        raise Refusal(f"There is an account {username} already; choose another name.")
    if role is Role.PRACTITIONER and not (name or record):
        raise Refusal("A practitioner needs --name for a new record, or --record with the number of theirs.")
    try:
        validate_password(password, User(username=username))
    except ValidationError as error:
        raise Refusal(" ".join(error.messages)) from error
    with ledger.writing():
        user = User.objects.create_user(username, password=password)
        if role is Role.PRACTITIONER:
            _seat(user, name, record)
        else:
            user.groups.add(Group.objects.get_or_create(name=role.value)[0])
        audit.write("made an account", f"{role.value} {user.pk}")
    return user


def _seat(user: User, name: str, record: str) -> None:
    found = practitioners.get(record) if record else practitioners.start(name)
    if found.user_id:
        raise Refusal(f"The record {found.registry_id} has an account already.")
    Practitioner.objects.filter(pk=found.pk).update(user=user)
