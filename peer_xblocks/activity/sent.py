"""What every change carries that a page sends: a mark of its own, the wording it was made to, when it was made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from peer_xblocks.refusal import Refusal

DAY = 86400
_CLIENT_ID = re.compile(r"[0-9A-Za-z_-]{8,64}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """`client_id` names the change once and for all, `digest` (SHA-256, hex) the wording that it answers.

    `at` is when it was made, in Unix seconds, where it had to wait for the line; else None.
    """

    digest: str
    client_id: str
    at: int | None = None

    def made_at(self, received: int) -> int:
        """When it was made, as far as a page can be believed: not in the future, not more than a day ago."""
        return received if self.at is None else max(received - DAY, min(self.at, received))


def stamp(data: Mapping[str, object], unreadable: str) -> Sent:
    """What a request carries; a `Refusal` with the sentence `unreadable` where that is not it."""
    digest, client_id, at = (data.get(name) for name in ("digest", "client_id", "at"))
    if at is not None and (isinstance(at, bool) or not isinstance(at, int)):
        raise Refusal(unreadable)
    if not _fits(_DIGEST, digest) or not _fits(_CLIENT_ID, client_id):
        raise Refusal(unreadable)
    return Sent(digest=str(digest), client_id=str(client_id), at=at)


def _fits(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None
