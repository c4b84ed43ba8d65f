"""A visit: who looks at which course, from where, as whom."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.field_data import FieldData, ReadOnlyFieldData, SplitFieldData
from xblock.runtime import KvsFieldData

from peer_xblocks.demo.lms import store
from peer_xblocks.demo.lms.authored import AUTHOR_SCOPES, USER_SCOPES, Authored, Unbound
from peer_xblocks.demo.lms.state import ForgottenStore, MaskedStore, StateStore


class Place(Enum):
    """Where a block is looked at."""

    LMS = "lms"
    STUDIO = "studio"
    PREVIEW = "preview"


@dataclass(eq=False)
class Visit:
    """One request's view of one course.

    `user` is the person the blocks are bound to: an account, Django's anonymous user, or None for unbound blocks.
    `acting` is the person who really asks. `as_student` is staff viewing as "generic student".
    `root` is the block that was asked for; the state of everything below it is read at once.
    """

    place: Place
    course: CourseKey
    user: Any = None
    acting: Any = None
    as_student: bool = False
    root: UsageKey | None = None
    session: MutableMapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.snapshot = store.snapshot(self.course)
        self.authored = Authored(self.snapshot)
        self.field_data = SplitFieldData(
            dict.fromkeys(AUTHOR_SCOPES, self._author_data()) | dict.fromkeys(USER_SCOPES, self._user_data())
        )

    @property
    def bound(self) -> bool:
        """Whether blocks belong to a person, be it an anonymous one."""
        return self.user is not None and self.place is not Place.STUDIO

    @property
    def known(self) -> bool:
        """Whether that person is signed in."""
        return self.user is not None and bool(self.user.is_authenticated)

    @property
    def user_id(self) -> int | None:
        """`scope_ids.user_id` of the blocks: empty for anonymous people, unbound blocks and Studio's handlers."""
        return self.user.id if self.bound and self.known else None

    @property
    def masked(self) -> bool:
        """Whether staff view the course as one specific learner."""
        return self.known and self.acting is not None and self.acting.id != self.user.id

    def _author_data(self) -> FieldData:
        return self.authored if self.place is Place.STUDIO else ReadOnlyFieldData(self.authored)

    def _user_data(self) -> FieldData:
        if not self.bound:
            return Unbound()
        near = self.snapshot.under(self.root) if self.snapshot and self.root else []
        if not self.known or self.place is Place.PREVIEW:
            return KvsFieldData(ForgottenStore())
        if self.masked:
            return KvsFieldData(MaskedStore(self.user.id, near, self.session))
        return KvsFieldData(StateStore(self.user.id, near))
