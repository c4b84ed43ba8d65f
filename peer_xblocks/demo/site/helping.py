"""What the trainer's form asks the instructor tools to do, and what it says afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from opaque_keys.edx.keys import UsageKey

from peer_xblocks.demo.lms import instructor
from peer_xblocks.demo.lms.handlers import usage_key
from peer_xblocks.demo.lms.instructor import Done
from peer_xblocks.refusal import NotThere, Refusal


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that staff can do: the name of the form's choice, and what it says."""

    name: str
    words: str


ACTIONS = (
    Action("report", "Show what is on record"),
    Action("reset", "Give fresh tries"),
    Action("rescore", "Work out the score again"),
    Action("override", "Set the score"),
    Action("delete", "Let the learner begin this block again"),
)
CAME_OF_IT = {
    Done.SUCCEEDED: "The score was worked out again.",
    Done.SKIPPED: "The learner has not answered here yet, so there is no score to work out.",
    Done.NOT_ATTEMPTED: "The learner has not been here yet, so there is no score to work out.",
}


def carry_out(form: Mapping[str, str], *, course: str, learner: Any, staff: Any) -> str:
    """Does what a form asks for; answers what happened in a sentence."""
    usage = usage_key(form.get("usage", ""))
    if str(usage.context_key) != course:
        raise NotThere("This block belongs to another course.")
    match form.get("what", ""):
        case "report":
            return _report(usage, learner)
        case "reset":
            instructor.reset_attempts(usage, learner)
            return "The learner has fresh tries."
        case "rescore":
            return CAME_OF_IT[instructor.rescore(usage, learner)]
        case "override":
            share = _share(form.get("score", ""))
            instructor.override(usage, learner, share)
            return f"The score is {share:g} of 1 now."
        case "delete":
            instructor.delete_state(usage, learner, staff)
            return "The learner begins this block again."
    raise Refusal("Choose what shall happen.")


def _report(usage: UsageKey, learner: Any) -> str:
    lines = [line for line in instructor.report(usage) if line["username"] == learner.username]
    said = ["; ".join(f"{name}: {value}" for name, value in line.items() if name != "username") for line in lines]
    return " · ".join(each for each in said if each) or "There is nothing on record here yet."


def _share(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise Refusal("Give the new score as a number between 0 and 1, for example 0.8.") from error
