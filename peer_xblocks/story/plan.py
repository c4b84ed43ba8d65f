"""What a talk is made of: its parts with prompts and seconds, how long it may grow, and the pages beside it.

Plans are data. A part's id is kept with what people write, so it never changes its meaning.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MINUTE = 60
DEFAULT_PACE = 125
"""Words a minute that the guides assume until somebody has read aloud."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a talk, spoken in `seconds` (0 for a page beside the talk). `hard` is what weighs on both sides."""

    id: str
    title: str
    prompt: str
    hint: str = ""
    seconds: int = 0
    hard: bool = False

    def words(self, pace: float = DEFAULT_PACE) -> int:
        """How many words fill this part at `pace` words a minute."""
        return round(self.seconds * pace / MINUTE)


@dataclass(frozen=True, slots=True)
class Length:
    """How many words a whole talk should have: from `least` to `most` is the aim, above `long` and `too_long` we say so."""

    least: int
    most: int
    long: int
    too_long: int

    def at(self, pace: float) -> Length:
        """The same minutes for somebody who speaks at `pace` words a minute."""
        least, most, long, too_long = (
            round(each * pace / DEFAULT_PACE) for each in (self.least, self.most, self.long, self.too_long)
        )
        return Length(least, most, long, too_long)


@dataclass(frozen=True, slots=True)
class Plan:
    """One kind of talk."""

    id: str
    name: str
    parts: tuple[Part, ...]
    length: Length

    @property
    def seconds(self) -> int:
        """How long the talk is meant to be."""
        return sum(each.seconds for each in self.parts)

    def part(self, part_id: str) -> Part | None:
        """The part of that id."""
        return next((each for each in self.parts if each.id == part_id), None)


TEN_MINUTES = Plan(
    "ten_minutes",
    "The ten-minute story",
    (
        Part(
            "open",
            "Open",
            "Say your name as you wish to be known, and what you will talk about.",
            "One line about what is coming, in general words, and that people may step out.",
            45,
        ),
        Part(
            "person",
            "More than a diagnosis",
            "Who were you, and what did you care about, before or apart from the hard part?",
            "Work, family, music, faith, a place, a joke. The listener meets you here.",
            75,
        ),
        Part(
            "hard",
            "What happened",
            "Choose one or two moments. Say what you felt rather than every detail.",
            "Leave out methods, amounts and other people’s names. You decide how much to show.",
            120,
            hard=True,
        ),
        Part(
            "turn",
            "The turn",
            "What or who helped you believe that change was possible?",
            "What did somebody do that showed respect?",
            75,
        ),
        Part(
            "help",
            "What helped",
            "What did you do? Which supports, skills and people helped?",
            "Name people by their role (“a nurse”, “my sponsor”). Setbacks are part of the path.",
            135,
        ),
        Part(
            "now",
            "Life now",
            "What is your life like now: roles, people, work, joy?",
            "Say also what you still tend to.",
            90,
        ),
        Part(
            "lessons",
            "Three things I learned",
            "Give this audience three short pieces of advice, and one request.",
            "Short enough to be repeated on the way home.",
            45,
        ),
        Part(
            "close",
            "Close",
            "End with a line of hope, where to find help (988), and thanks.",
            "",
            15,
        ),
    ),
    Length(1150, 1300, 1350, 1500),
)

TWO_MINUTES = Plan(
    "two_minutes",
    "The two-minute message",
    (
        Part(
            "m-me", "Who I am", "Say your name and one thing that matters to you.", "You are more than one thing.", 20
        ),
        Part(
            "m-hard",
            "What was hard",
            "One moment, in general words. Say what you felt.",
            "No methods, no amounts, no other people’s names.",
            24,
            hard=True,
        ),
        Part("m-help", "What helped", "What or who helped, and what did you do?", "Name people by their role.", 30),
        Part("m-now", "Life now", "What is different today?", "", 24),
        Part("m-ask", "What I ask of you", "One thing that you want this person to do or remember.", "", 22),
    ),
    Length(230, 260, 270, 300),
)

PLANS = {plan.id: plan for plan in (TEN_MINUTES, TWO_MINUTES)}

ASIDES = (
    Part(
        "note",
        "My content note",
        "In general words: what should listeners know beforehand?",
        "Topics only, such as “grief” or “a hospital stay”. No details.",
    ),
    Part(
        "decline",
        "When a question goes too far",
        "Write up to three lines that end a question kindly.",
        "For example: “I keep that part for myself. What I can tell you is what helped.”",
    ),
    Part(
        "after",
        "After I speak",
        "Who will you call, and what will you do that evening?",
        "Telling takes something out of you. Plan the rest before the talk.",
    ),
)
"""Pages beside the talk that a course may offer: private like the rest, never counted and never asked for."""

HELPER = "helper"
"""What a person has told the language helper to leave alone: kept like a text, so that it is as private."""


def plan(plan_id: str) -> Plan:
    """The plan of that id; the ten-minute story for one that we do not know."""
    return PLANS.get(plan_id, TEN_MINUTES)


def asides(wanted: Iterable[str]) -> tuple[Part, ...]:
    """The pages beside the talk that are wanted, in our order."""
    chosen = set(wanted)
    return tuple(each for each in ASIDES if each.id in chosen)


def every_part() -> dict[str, Part]:
    """Each part and page of all plans, by id."""
    return {each.id: each for each in (*(part for one in PLANS.values() for part in one.parts), *ASIDES)}
