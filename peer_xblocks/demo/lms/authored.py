"""What authors set on blocks, as field data: kept in memory until Studio writes it into the course store."""

from __future__ import annotations

import json
from typing import Any

from opaque_keys.edx.keys import UsageKey
from xblock.exceptions import InvalidScopeError
from xblock.field_data import FieldData
from xblock.fields import Scope

from peer_xblocks.demo.lms.store import Draft, Snapshot, draft

AUTHOR_SCOPES = (Scope.content, Scope.settings, Scope.children, Scope.parent)
USER_SCOPES = (Scope.user_state, Scope.preferences, Scope.user_info, Scope.user_state_summary)


class Authored(FieldData):
    """The author scopes of all blocks of one visit."""

    def __init__(self, snapshot: Snapshot | None):
        self._snapshot = snapshot
        self.drafts: dict[UsageKey, Draft] = {}

    def of(self, usage: UsageKey) -> Draft:
        """One block's settings, an empty one's where it is new."""
        if usage not in self.drafts:
            row = self._snapshot.rows.get(usage) if self._snapshot else None
            self.drafts[usage] = draft(row) if row else Draft(usage)
        return self.drafts[usage]

    def get(self, block: Any, name: str) -> Any:
        """See `FieldData`."""
        kept = self.of(block.scope_ids.usage_id)
        scope = block.fields[name].scope
        if scope == Scope.children:
            return list(kept.children)
        return kept.parent if scope == Scope.parent else json.loads(json.dumps(kept.fields[name]))

    def has(self, block: Any, name: str) -> bool:
        """See `FieldData`."""
        kept = self.of(block.scope_ids.usage_id)
        scope = block.fields[name].scope
        return scope in (Scope.children, Scope.parent) or name in kept.fields

    def set(self, block: Any, name: str, value: Any) -> None:
        """See `FieldData`."""
        kept = self.of(block.scope_ids.usage_id)
        scope = block.fields[name].scope
        if scope == Scope.children:
            kept.children = list(value)
        elif scope == Scope.parent:
            kept.parent = value
        else:
            kept.fields[name] = json.loads(json.dumps(value))

    def delete(self, block: Any, name: str) -> None:
        """See `FieldData`."""
        del self.of(block.scope_ids.usage_id).fields[name]


class Unbound(FieldData):
    """The user scopes of a block that is bound to nobody: nothing is set, and nothing can be."""

    def get(self, block: Any, name: str) -> Any:
        """See `FieldData`."""
        raise KeyError(name)

    def has(self, block: Any, name: str) -> bool:
        """See `FieldData`."""
        return False

    def set(self, block: Any, name: str, value: Any) -> None:
        """Nobody's state cannot be written."""
        raise InvalidScopeError(f"{name} of {block.scope_ids.usage_id}: the block is bound to nobody")

    def delete(self, block: Any, name: str) -> None:
        """See `set`."""
        self.set(block, name, None)

    def default(self, block: Any, name: str) -> Any:
        """The field's own default."""
        raise KeyError(name)
