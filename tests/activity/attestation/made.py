"""A text for tests, and what a page would send."""

import hashlib
import secrets

TEXT = "# What we keep to\n\nI keep *private* what people tell me."
NEWER = TEXT + "\n\nI ask when I am not sure."


def digest(text):
    """The SHA-256 of a text, as anybody would compute it."""
    return hashlib.sha256(text.encode()).hexdigest()


def reply(text):
    """What a page sends to sign a text."""
    return {"digest": digest(text), "client_id": secrets.token_hex(8)}
