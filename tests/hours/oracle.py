"""The same rules said once more, second by second, on plain Python sets: what the properties are held against."""

from __future__ import annotations

from dataclasses import dataclass, field


def seconds(spans):
    return {second for start, end in spans for second in range(start, end)}


@dataclass
class Ledger:
    """Which second belongs to which module, for one learner; and the mark of each lease."""

    planned: dict[str, int]
    beat: int = 15
    owner: dict[int, str] = field(default_factory=dict)
    marks: dict[str, int] = field(default_factory=dict)

    def total(self, module):
        return sum(1 for each in self.owner.values() if each == module)

    def hear(self, lease, module, claimed, now):
        """The seconds that one beat earns."""
        if lease not in self.marks:
            self.marks[lease] = now
            return set()
        mark = self.marks[lease]
        window = sorted(second for second in claimed if mark <= second < now)
        fresh = [second for second in window[-2 * self.beat :] if second not in self.owner]
        won = fresh[: max(self.planned[module] - self.total(module), 0)]
        self.owner.update(dict.fromkeys(won, module))
        end = window[-1] + 1 if window else now
        self.marks[lease] = max(mark, end if end >= now - self.beat else now)
        return set(won)
