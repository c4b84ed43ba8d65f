"""How many requests a minute are let through: counted in the site's cache, in each process by itself unless it is shared."""

from __future__ import annotations

from django.core.cache import cache

from peer_xblocks import clock

WINDOW = 60


def wait(name: str, most: int) -> int:
    """Counts one more request of `name`; 0 where it may pass, else the seconds until the next may."""
    now = clock.epoch()
    key = f"peer_registry.rate.{name}.{now // WINDOW}"
    cache.add(key, 0, timeout=2 * WINDOW)
    try:
        count = cache.incr(key)
    except ValueError:  # the cache dropped it in between: start again rather than refuse
        return 0
    return 0 if count <= most else WINDOW - now % WINDOW
