"""The made-up people of the demo: who they are, where they stand, where they begin."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

EMAIL = "{}@example.invalid"
"""No message can ever reach such an address (RFC 2606)."""


class Role(Enum):
    """What a persona does here."""

    LEARNER = "learner"
    STAFF = "staff"
    AUTHOR = "author"
    OFFICER = "officer"
    REGISTRAR = "registrar"


class Progress(Enum):
    """How far a learner of the course has come when the demo begins."""

    NEW = "new"
    PART = "part"
    NEARLY = "nearly"
    WAITING = "waiting"
    DONE = "done"
    DAY_THREE = "day three"
    READY = "ready"


class Course(Enum):
    """The courses of the demo, by the folder that each is built from."""

    BOUNDARIES = "ce/boundaries"
    CRSS = "tracks/crss"


@dataclass(frozen=True, slots=True)
class Persona:
    """One made-up person: the account, and what the front page says of them."""

    username: str
    name: str
    who: str
    story: str
    role: Role
    progress: Progress | None = None
    course: Course = Course.BOUNDARIES

    @property
    def email(self) -> str:
        """An address that nobody has."""
        return EMAIL.format(self.username)

    @property
    def first(self) -> str:
        """The name a button calls them by."""
        return self.name.split()[0]


PERSONAS = (
    Persona(
        "renee",
        "Renee Calloway",
        "Certified specialist, renewing",
        "Needs one more hour of continuing education. Opens the course for the first time.",
        Role.LEARNER,
        Progress.NEW,
    ),
    Persona(
        "marcus",
        "Marcus Oyelaran",
        "Certified specialist, renewing",
        "Two minutes of the hour are left, and every check is passed.",
        Role.LEARNER,
        Progress.NEARLY,
    ),
    Persona(
        "delia",
        "Delia Whitfield",
        "Certified specialist, renewing",
        "The hour is done. One knowledge check is still open.",
        Role.LEARNER,
        Progress.WAITING,
    ),
    Persona(
        "ruben",
        "Ruben Castellano",
        "Certified specialist, renewing",
        "All done: the hour was reported, and the registry's receipt is here.",
        Role.LEARNER,
        Progress.DONE,
    ),
    Persona(
        "priya",
        "Priya Raman",
        "Trainee, first day",
        "Has enrolled and not begun yet.",
        Role.LEARNER,
        Progress.NEW,
    ),
    Persona(
        "tomas",
        "Tomas Beaudry",
        "Trainee, part way",
        "Has done part of the first module on the bus and comes back tonight.",
        Role.LEARNER,
        Progress.PART,
    ),
    Persona(
        "amara",
        "Amara Jeffries",
        "CRSS trainee, day three",
        "Has read half of the module on the peer role and written the first lines of a story.",
        Role.LEARNER,
        Progress.DAY_THREE,
        Course.CRSS,
    ),
    Persona(
        "wesley",
        "Wesley Tran",
        "CRSS trainee, ready for the exam",
        "The forty hours and the story are done. The exam is next.",
        Role.LEARNER,
        Progress.READY,
        Course.CRSS,
    ),
    Persona(
        "joan",
        "Joan Akers",
        "Trainer",
        "Sees who is where and what counted, enters what the site could not see, and helps when something got stuck.",
        Role.STAFF,
    ),
    Persona(
        "ellis",
        "Ellis Varga",
        "Course author",
        "Writes and mends the course in Studio.",
        Role.AUTHOR,
    ),
    Persona(
        "bernice",
        "Bernice Holloway",
        "Exam officer",
        "Keeps the exam: its banks, each sitting, more time, and what to do when something went wrong.",
        Role.OFFICER,
    ),
    Persona(
        "gwen",
        "Gwen Tolliver",
        "Registrar",
        "Keeps the certification registry: what came in, whose it is, what was signed.",
        Role.REGISTRAR,
    ),
)


def named(username: str) -> Persona | None:
    """The persona of that account name, None for an unknown one."""
    return next((persona for persona in PERSONAS if persona.username == username), None)


def of_role(*roles: Role) -> list[Persona]:
    """The personas that do one of these things."""
    return [persona for persona in PERSONAS if persona.role in roles]
