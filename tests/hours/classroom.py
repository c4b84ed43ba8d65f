"""A small course with two modules, and a page of a learner that beats."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import unescape

from peer_xblocks import clock
from peer_xblocks.hours import leases, modules
from peer_xblocks.hours.models import Entry
from peer_xblocks.intervals import Intervals
from peer_xblocks.learner import learners

BEAT = "/peer_xblocks/hours/beat"


@dataclass
class Page:
    """One open page: its browser, its lease's token, its running number."""

    client: object
    token: str
    seq: int = 0
    answers: list = field(default_factory=list)

    def beat(self, *segments, seq=None, **headers):
        """Sends one beat; without `seq` the next."""
        self.seq = self.seq + 1 if seq is None else seq
        data = {"lease": self.token, "seq": self.seq, "segments": [list(each) for each in segments]}
        self.answers.append(self.client.post(BEAT, json.dumps(data), content_type="application/json", **headers))
        return self.answers[-1]

    def live(self, at, seconds, every=15):
        """Stays on the page for `seconds`, beating as the script does."""
        answered = clock.epoch()
        for _ in range(seconds // every):
            at.forward(every)
            answered = self.beat((answered, clock.epoch())).json()["acknowledged"]


class Classroom:
    """A course with modules M1 and M2 of `minutes` each; Ann is enrolled."""

    def __init__(self, lms, minutes=30):
        self.lms = lms
        self.course = lms.course()
        self.units = {}
        for module in ("M1", "M2"):
            unit = lms.unit(self.course, f"Module {module}", f"First of {module}")
            fields = {"module_id": module, "self_minutes": minutes, "display_name": f"Module {module}"}
            self.units[module] = unit
            setattr(self, module.lower(), lms.add(unit, "peer_module", **fields))
        self.ann = lms.learner("ann", self.course)

    def page(self, module="M1", user=None, client=None):
        """A page of a learner, as the unit's render leases it."""
        user = user or self.ann
        found = modules.of_id(self.course, module)
        lease = leases.issue(user.id, self.course, found, self.units[module], now=clock.epoch())
        return Page(client or self.lms.client(user), leases.sealed(lease))

    def opened(self, module="M1", user=None, client=None):
        """The same after its first beat."""
        page = self.page(module, user, client)
        assert page.beat().status_code == 200
        return page

    def credit(self, module=None, user=None):
        """The seconds a learner has, as a set."""
        learner = learners.known((user or self.ann).id)
        rows = Entry.objects.filter(learner=learner, reverses__isnull=True, reversal__isnull=True)
        rows = rows.filter(module=module) if module else rows
        return Intervals.union(rows.values_list("start", "end"))


def meter_of(html):
    """What a rendered unit's meter was given, None where it has none."""
    found = re.search(r'data-peer-meter="([^"]*)"', html)
    return json.loads(unescape(found[1])) if found else None
