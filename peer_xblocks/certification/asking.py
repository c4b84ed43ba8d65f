"""Asking the registry what it holds of this site for a day; every answer is verified before it counts."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace

from peer_xblocks import clock
from peer_xblocks.certification import answer
from peer_xblocks.certification.answer import Answer
from peer_xblocks.certification.site import Registry
from peer_xblocks.wire import digest, webhook
from peer_xblocks.wire.digest import Digest, DigestRefused, Question

#: Pages of one day: a site that reports more than 25,000 completions a day needs another way to compare.
MOST_PAGES = 100
TORN = "The registry's list does not add up to its own digest; it is asked again later."
LONG = "The registry's list of this day does not end."

Post = Callable[[str, bytes, dict[str, str]], Answer]


class Unanswered(Exception):
    """No answer that counts; says why in a sentence for staff."""


def digest_of(question: Question, registry: Registry, post: Post) -> Digest:
    """The registry's verified answer; raises `Unanswered`."""
    request_id, body = f"digest_{secrets.token_hex(16)}", question.body()
    signed = webhook.headers(request_id, clock.epoch(), body, registry.key)
    came = post(registry.at(digest.PATH), body, signed)
    if came.status != 200:
        raise Unanswered(answer.words(came))
    try:
        found = Digest.from_json(came.body)
        digest.verify(found, registry.keys, question, request_id)
    except DigestRefused as refused:
        raise Unanswered(str(refused)) from refused
    return found


def reports_of(question: Question, registry: Registry, post: Post) -> tuple[Digest, dict[str, str]]:
    """Every report id of a day with its digest, page by page, and the digest that they add up to."""
    found: dict[str, str] = {}
    for _ in range(MOST_PAGES):
        page = digest_of(replace(question, after=max(found, default="")), registry, post)
        fresh = {name: sha for name, sha in page.reports if name not in found}
        found |= fresh
        if not page.more:
            return _whole(page, found)
        if not fresh:
            raise Unanswered(TORN)
    raise Unanswered(LONG)


def _whole(last: Digest, found: dict[str, str]) -> tuple[Digest, dict[str, str]]:
    if (last.count, last.hash) != (len(found), digest.hash_of(found.items())):
        raise Unanswered(TORN)
    return last, found
