"""What an author says about a course's goal, checked field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from peer_xblocks.certification.outline import Outline
from peer_xblocks.item.text import clean
from peer_xblocks.programme import Programme
from peer_xblocks.refusal import Refusal

COMPLETES = {"ce": "One line of continuing education", "track": "The training of a track"}
MOST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Aim:
    """What finishing a course counts as. `track` is empty where it counts for all."""

    display_name: str
    completes: str
    track: str
    category: str
    provider: str

    @classmethod
    def from_json(cls, data: Mapping[str, Any], rules: Programme) -> Aim:
        """The aim in a form; a `Refusal` names the first field to mend."""
        made = cls(**{name: _text(data, name) for name in cls.__slots__})
        if not made.display_name:
            raise Refusal("Give this page a title that learners will see.")
        if made.completes not in COMPLETES:
            raise Refusal("Choose what finishing this course completes.")
        if made.track and rules.track(made.track) is None:
            raise Refusal("Choose a track from the list, or none.")
        return made

    def faults(self, rules: Programme) -> list[str]:
        """What the author still has to mend in these settings."""
        found = {
            "Choose the category that these hours count in.": self.completes == "ce" and not self.category,
            "Choose the track that this training is for.": self.completes == "track" and not self.track,
            "Choose a track from the list, or none.": bool(self.track and rules.track(self.track) is None),
            "Say who provides this course.": not self.provider,
        }
        return [sentence for sentence, wanting in found.items() if wanting]


def course_faults(found: Outline) -> list[str]:
    """What the course itself lacks before anybody can complete it."""
    modules = found.asked.modules
    ids = [each.id for each in modules]
    wanting = {
        "Add a module to this course: hours are counted in modules.": not modules,
        "Give the modules their minutes: without contact time nobody completes this course.": bool(modules)
        and not any(each.alone + each.live for each in modules),
        "Give every module an id of its own: two modules share one.": len(set(ids)) < len(ids),
        "Give every module its id: one has none.": any(each.id == each.usage for each in modules),
    }
    return [sentence for sentence, wanted in wanting.items() if wanted]


def categories(rules: Programme) -> list[str]:
    """The categories of continuing education that the office counts in."""
    return [str(each) for each in rules.value("ce_categories")] if "ce_categories" in rules.facts else []


def _text(data: Mapping[str, Any], name: str) -> str:
    found = data.get(name, "")
    if not isinstance(found, str) or len(found) > MOST_TEXT:
        raise Refusal(f"Write {name.replace('_', ' ')} as text of at most {MOST_TEXT} characters.")
    return " ".join(clean(found).split())
