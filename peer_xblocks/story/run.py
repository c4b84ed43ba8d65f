"""A rehearsal: how long each part took, with how many words; also a minute read aloud to measure the pace."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from peer_xblocks.refusal import Refusal
from peer_xblocks.story.pace import Reading
from peer_xblocks.story.plan import every_part

UNREADABLE = "We could not read the times of this run. Start it once more, please; your text is safe."
LONGEST = 3600
MOST_WORDS = 20_000
KINDS = ("talk", "reading")
_CLIENT_ID = re.compile(r"[0-9A-Za-z_-]{8,64}")


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds and words by part, of a whole talk or (`kind` "reading") of a piece read aloud."""

    kind: str
    seconds: Mapping[str, int]
    words: Mapping[str, int]
    client_id: str = ""
    at: int = field(default=0, compare=False)

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Run:
        """The run in a request; a `Refusal` for anything else."""
        kind, client_id = data.get("kind"), data.get("client_id")
        if kind not in KINDS or not isinstance(client_id, str) or not _CLIENT_ID.fullmatch(client_id):
            raise Refusal(UNREADABLE)
        seconds, words = _numbers(data.get("seconds"), LONGEST), _numbers(data.get("words"), MOST_WORDS)
        if not seconds or seconds.keys() != words.keys():
            raise Refusal(UNREADABLE)
        return cls(str(kind), seconds, words, client_id)

    @classmethod
    def from_text(cls, text: str, at: int) -> Run:
        """A run as `to_text` wrote it, finished at `at` (Unix seconds)."""
        kept = json.loads(text)
        return cls(kept["kind"], kept["seconds"], kept["words"], at=at)

    def to_text(self) -> str:
        """The run for the sealed column."""
        return json.dumps({"kind": self.kind, "seconds": dict(self.seconds), "words": dict(self.words)})

    @property
    def total(self) -> int:
        """The seconds of the whole run."""
        return sum(self.seconds.values())

    @property
    def reading(self) -> Reading:
        """The run as a measure of the pace: parts that were spoken, not clicked away."""
        spoken = [part for part, seconds in self.seconds.items() if self.words[part] and seconds]
        return Reading(sum(self.words[each] for each in spoken), sum(self.seconds[each] for each in spoken))


def talks(runs: Sequence[Run]) -> list[Run]:
    """The rehearsals of the whole talk among the runs."""
    return [each for each in runs if each.kind == "talk"]


def _numbers(value: object, most: int) -> dict[str, int]:
    known = every_part()
    if not isinstance(value, dict) or not all(each in known for each in value):
        raise Refusal(UNREADABLE)
    numbers = list(value.values())
    if any(isinstance(each, bool) or not isinstance(each, int) or not 0 <= each <= most for each in numbers):
        raise Refusal(UNREADABLE)
    return {str(name): int(number) for name, number in value.items()}
