"""Words that somebody looked for people with, kept in their session, sealed.

Proxies, logs and a browser's history write down addresses. So an address carries a random name for the words alone,
which says nothing to anybody else and nothing after the session.
"""

from __future__ import annotations

import secrets
from collections.abc import MutableMapping
from typing import Any

from peer_xblocks.refusal import NotThere
from peer_xblocks.vault import Unreadable, Vault

KEY = "peer_finds"
#: Searches of one session that the back button finds again.
MOST = 30
MOST_LETTERS = 120
ENDED = "This search is no longer kept. Type what you look for again."


def keep(session: MutableMapping[str, Any], words: str, vault: Vault) -> str:
    """The name under which `words` are kept from now on; empty for no words. Oldest searches make room for new ones."""
    plain = words.replace("\0", "").strip()[:MOST_LETTERS]
    if not plain:
        return ""
    name = secrets.token_urlsafe(9)
    kept = session.get(KEY, {})
    session[KEY] = dict(list(kept.items())[1 - MOST :]) | {name: vault.seal(plain)}
    return name


def words(session: MutableMapping[str, Any], name: str, vault: Vault) -> str:
    """The words under a name, none for an empty one; `NotThere` where they are kept no longer.

    Never all people instead: a list, or its sheet, must not hold more than was asked for.
    """
    if not name:
        return ""
    try:
        return vault.open(session.get(KEY, {})[name])
    except (KeyError, Unreadable) as error:
        raise NotThere(ENDED) from error
