"""What stands in the way of a course: where, what, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend; `grave` ones keep a course from being built, the others are for a second look."""

    where: str
    what: str
    do: str
    grave: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.do}"
