"""What the tracks are called: in words, and under which older labels a report may name them."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from peer_xblocks import programme
from peer_xblocks.programme import Programme


@lru_cache(maxsize=4)
def _loaded(name: str) -> Programme:
    return programme.load(name)


def rules() -> Programme:
    """The programme whose tracks this registry certifies; raises `ProgrammeRefused` for a file that cannot be used."""
    return _loaded(settings.PEER_REGISTRY["PROGRAMME"])


def code(label: str) -> str:
    """The code of the track that a report calls `label`; `label` itself where the programme knows none."""
    found = rules().track(label)
    return found.code if found else label


def words(label: str) -> str:
    """The track's name in words; `label` itself where the programme knows none."""
    found = rules().track(label)
    return found.name if found else label


def older_labels() -> dict[str, tuple[str, ...]]:
    """Code → older labels, for the tracks that have any."""
    return {each.code: each.aliases for each in rules().tracks.values() if each.aliases}
