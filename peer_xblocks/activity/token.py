"""What tells one learner's copy of a page from another's on the same device, and says nothing about either."""

from django.utils.crypto import salted_hmac


def page_token(kind: str, user_id: int | None, usage: str) -> str:
    """16 hex digits for a learner and a block of a kind ("peer_check")."""
    return salted_hmac(kind, f"{user_id}|{usage}", algorithm="sha256").hexdigest()[:16]
