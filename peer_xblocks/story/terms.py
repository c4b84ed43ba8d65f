"""The word list of the language helper, as the browser gets it: data of the office, the same for everybody."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

from django.urls import reverse

from peer_xblocks import language
from peer_xblocks.plugin import setting


def address() -> str:
    """Where the list is fetched; another address for another list, so that browsers may keep it."""
    return f"{reverse('peer_story:terms')}?v={hashlib.sha256(body()).hexdigest()[:12]}"


def body() -> bytes:
    """The terms that are switched on, as JSON. `PEER_XBLOCKS["LANGUAGE_TERMS"]` names an office's own file."""
    path = Path(str(setting("LANGUAGE_TERMS", "") or language.SHIPPED))
    return _body(path, path.stat().st_mtime)


@lru_cache(maxsize=4)
def _body(path: Path, _changed: float) -> bytes:
    terms = [asdict(each) for each in language.load(path) if each.on]
    return json.dumps(terms, ensure_ascii=False, separators=(",", ":")).encode()
