"""Comparing a day with the registry: which days are due, and what each side lacks. A day is the registry's, in UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

#: A day is over for both sides this long after midnight, whatever their clocks say.
MARGIN = timedelta(minutes=10)
#: Days that are compared once a day although both sides agreed: a registry may be put back to an older backup.
RECENT = 14
#: How far back a day without agreement is asked about.
FURTHEST = 366
#: How soon a day without agreement is compared again.
AGAIN = timedelta(hours=1)


class Kind(StrEnum):
    """What is not the same on both sides."""

    MISSING = "missing"
    OTHER = "other"
    UNKNOWN = "unknown"
    UNHEARD = "unheard"


@dataclass(frozen=True, slots=True)
class Held:
    """A report as this site holds it: its digest, and the day of its receipt (None before there is one)."""

    digest: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Compared:
    """When a day was last compared, and whether both sides agreed."""

    at: datetime
    agreed: bool


def differences(day: date, here: Mapping[str, Held], there: Mapping[str, str]) -> dict[str, Kind]:
    """What differs, by report id. `here` knows every report in `there` that this site has, and all received on `day`.

    Missing: received on `day` and not there. Other: there with other bytes. Unknown: there, and never sent from here.
    Unheard: there, and its receipt has not come here, or is of another day; sending it again settles that.

    >>> differences(date(2026, 3, 1), {"A_v1": Held("01", date(2026, 3, 1))}, {"B_v1": "02"})
    {'A_v1': <Kind.MISSING: 'missing'>, 'B_v1': <Kind.UNKNOWN: 'unknown'>}
    """
    found = {name: Kind.MISSING for name, held in here.items() if held.day == day and name not in there}
    for name, digest in there.items():
        kind = _kind(here.get(name), digest, day)
        if kind:
            found[name] = kind
    return found


def days_due(now: datetime, known: Mapping[date, Compared], *, anew: bool = False) -> list[date]:
    """The days to compare, oldest first; with `anew` the recent ones too that were compared today.

    The last `RECENT` days once a day; a day without agreement, or between compared days and today, until both agree.
    """
    today = (now.astimezone(UTC) - MARGIN).date()
    recent = today - timedelta(days=RECENT)
    first = max(min([recent, *known]), today - timedelta(days=FURTHEST))
    days = [first + timedelta(days=number) for number in range((today - first).days)]
    return [day for day in days if _due(known.get(day), now, recent=day >= recent, anew=anew)]


def _kind(held: Held | None, digest: str, day: date) -> Kind | None:
    if held is None or not held.digest:
        return Kind.UNKNOWN
    if held.digest != digest:
        return Kind.OTHER
    return None if held.day == day else Kind.UNHEARD


def _due(last: Compared | None, now: datetime, *, recent: bool, anew: bool) -> bool:
    if last is None or (anew and (recent or not last.agreed)):
        return True
    if not last.agreed:
        return last.at + AGAIN <= now
    return recent and (last.at.astimezone(UTC) - MARGIN).date() < (now.astimezone(UTC) - MARGIN).date()
