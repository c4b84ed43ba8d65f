"""One form for one value: RFC 8785 (JCS), so that both sides hash and sign the same bytes."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785


class NotCanonical(ValueError):
    """A value that has no canonical form: a number beyond double precision, half a surrogate pair, no JSON at all."""


def canonical(value: Any) -> bytes:
    """The RFC 8785 form of a JSON value; raises `NotCanonical`.

    >>> canonical({"b": 1.0, "a": [True, None]})
    b'{"a":[true,null],"b":1}'
    """
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError) as error:
        raise NotCanonical("This value has no canonical JSON form.") from error


def digest(value: Any) -> str:
    """The SHA-256, in hex, of the canonical form of a JSON value."""
    return sha256(canonical(value))


def sha256(body: bytes) -> str:
    """The SHA-256, in hex, of bytes that are canonical already."""
    return hashlib.sha256(body).hexdigest()
