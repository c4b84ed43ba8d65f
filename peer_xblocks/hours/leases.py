"""Making and reading the signed text of a lease."""

from __future__ import annotations

import secrets

from django.core import signing

from peer_xblocks.hours.lease import Lease, LeaseRefused
from peer_xblocks.hours.modules import Module
from peer_xblocks.plugin import programme

SIGNER = signing.Signer(salt="peer_hours.lease")


def issue(user_id: int, course: str, module: Module, unit: str, *, now: int) -> Lease:
    """A lease for one render of one unit. It is not stored: the page carries it."""
    return Lease(
        user_id=user_id,
        course=course,
        module=module.id,
        unit=unit,
        nonce=secrets.token_hex(16),
        issued=now,
        planned=module.planned,
        zone=programme().time_zone.key,
    )


def sealed(lease: Lease) -> str:
    """The lease as the page carries it: readable, and of no use once changed."""
    return SIGNER.sign_object(lease.as_json())


def opened(token: str, *, now: int) -> Lease:
    """The lease in a token; `LeaseRefused` for a forged, foreign or expired one."""
    try:
        data = SIGNER.unsign_object(token)
    except (signing.BadSignature, ValueError) as error:
        raise LeaseRefused from error
    lease = Lease.from_json(data)
    if lease.expired(now, programme().hours.lease):
        raise LeaseRefused
    return lease
