"""User state as the LMS keeps it: one JSON object per person and block, read, overlaid and written without a lock."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any

from opaque_keys.edx.keys import UsageKey
from xblock.fields import Scope
from xblock.runtime import DictKeyValueStore, KeyValueStore

from peer_xblocks.demo.models import SharedField, State


class StateStore(KeyValueStore):
    """The user scopes of one person. The state of all blocks `near` is read in one query, as the LMS does."""

    def __init__(self, user_id: int, near: Iterable[UsageKey]):
        self._user_id = user_id
        self._near = list(near)
        self._read: dict[str, dict[str, Any]] | None = None

    def get(self, key: Any) -> Any:
        """See `KeyValueStore`; KeyError where nothing is set."""
        if key.scope == Scope.user_state:
            return self._fields(key.block_scope_id)[key.field_name]
        return json.loads(_shared(key).values_list("value", flat=True)[0]) if self.has(key) else _missing(key)

    def has(self, key: Any) -> bool:
        """See `KeyValueStore`."""
        if key.scope == Scope.user_state:
            return key.field_name in self._fields(key.block_scope_id)
        return bool(_shared(key).exists())

    def set(self, key: Any, value: Any) -> None:
        """See `KeyValueStore`."""
        self.set_many({key: value})

    def set_many(self, update_dict: Mapping[Any, Any]) -> None:
        """Lays the changed fields over what is stored now; fields nobody touched stay as another tab left them."""
        changed: dict[UsageKey, dict[str, Any]] = {}
        for key, value in update_dict.items():
            if key.scope == Scope.user_state:
                changed.setdefault(key.block_scope_id, {})[key.field_name] = value
            else:
                owner = {"scope": key.scope.name, "owner": _owner(key), "name": key.field_name}
                SharedField.objects.update_or_create(**owner, defaults={"value": json.dumps(value)})
        for usage, fields in changed.items():
            self._fields(usage).update(fields)
            _overlay(self._user_id, usage, fields)

    def delete(self, key: Any) -> None:
        """See `KeyValueStore`."""
        if key.scope != Scope.user_state:
            _shared(key).delete()
            return
        del self._fields(key.block_scope_id)[key.field_name]
        row = State.objects.get(user_id=self._user_id, usage=str(key.block_scope_id))
        kept = json.loads(row.state or "{}")
        kept.pop(key.field_name, None)
        row.state = json.dumps(kept)
        row.save()

    def _fields(self, usage: UsageKey) -> dict[str, Any]:
        if self._read is None:
            rows = State.objects.filter(user_id=self._user_id, usage__in=[str(each) for each in self._near])
            self._read = {str(each): {} for each in self._near}
            self._read.update({usage: json.loads(state or "{}") for usage, state in rows.values_list("usage", "state")})
        if str(usage) not in self._read:
            self._read[str(usage)] = of(self._user_id, str(usage))
        return self._read[str(usage)]


class MaskedStore(StateStore):
    """The state of a learner as staff see it while they view the course as that learner: writes go to the session."""

    def __init__(self, user_id: int, near: Iterable[UsageKey], session: MutableMapping[str, Any]):
        super().__init__(user_id, near)
        self._session = session

    def get(self, key: Any) -> Any:
        """What was tried out in this session, else what the learner really has."""
        kept = self._session.get("peer_demo_mask", {})
        return kept[_name(key)] if _name(key) in kept else super().get(key)

    def has(self, key: Any) -> bool:
        """See `get`."""
        return _name(key) in self._session.get("peer_demo_mask", {}) or super().has(key)

    def set_many(self, update_dict: Mapping[Any, Any]) -> None:
        """Keeps the change in the session alone."""
        changed = {_name(key): value for key, value in update_dict.items()}
        self._session["peer_demo_mask"] = {**self._session.get("peer_demo_mask", {}), **changed}

    def delete(self, key: Any) -> None:
        """Forgets what was tried out."""
        kept = dict(self._session.get("peer_demo_mask", {}))
        kept.pop(_name(key), None)
        self._session["peer_demo_mask"] = kept


class ForgottenStore(DictKeyValueStore):
    """The state of somebody nobody knows: kept until the request is answered."""


def of(user_id: int, usage: str) -> dict[str, Any]:
    """The stored state of one person in one block; empty where there is none."""
    stored = State.objects.filter(user_id=user_id, usage=usage).values_list("state", flat=True).first()
    return json.loads(stored or "{}")


def row(user_id: int, usage: UsageKey) -> State:
    """The row of one person in one block, made on first use."""
    made = {"course": str(usage.context_key), "type": usage.block_type}
    return State.objects.get_or_create(user_id=user_id, usage=str(usage), defaults=made)[0]


def _overlay(user_id: int, usage: UsageKey, fields: Mapping[str, Any]) -> None:
    kept = row(user_id, usage)
    kept.state = json.dumps({**json.loads(kept.state or "{}"), **fields})
    kept.save(update_fields=["state"])


def _owner(key: Any) -> str:
    return "|".join(str(part) for part in (key.user_id, key.block_scope_id) if part is not None)


def _shared(key: Any) -> Any:
    return SharedField.objects.filter(scope=key.scope.name, owner=_owner(key), name=key.field_name)


def _name(key: Any) -> str:
    return f"{key.scope.name}|{_owner(key)}|{key.field_name}"


def _missing(key: Any) -> Any:
    raise KeyError(key.field_name)
