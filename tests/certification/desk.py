"""A course of one contact hour, a learner, and a site that is set up to report."""

from __future__ import annotations

import json

from peer_xblocks import clock
from peer_xblocks.activity.models import Mastery, Reversal
from peer_xblocks.certification.models import Completion, Outbox
from peer_xblocks.hours import ledger
from peer_xblocks.hours.models import Entry
from peer_xblocks.learner import learners, signals
from peer_xblocks.plugin import programme, vault
from peer_xblocks.wire.keys import new_signing_key

SITE_KEY, REGISTRY_KEY = new_signing_key(), new_signing_key()


def set_up(settings, url="http://127.0.0.1:9", **more):
    """A site that reports to a registry at `url`."""
    settings.PEER_XBLOCKS = {
        **settings.PEER_XBLOCKS,
        "ISSUER": "site",
        "MATCH_SALT": "salt of the test site",
        "SIGNING_KEY": SITE_KEY.text,
        "REGISTRY_URL": url,
        "REGISTRY_KEYS": [REGISTRY_KEY.public.text],
        **more,
    }


class Desk:
    """One course run with two modules of 30 minutes and a check each; Ann is enrolled."""

    def __init__(self, lms, minutes=30):
        self.lms = lms
        self.course = lms.course()
        self.modules, self.checks = {}, {}
        for name in ("M1", "M2"):
            unit = lms.unit(self.course, f"Module {name}", f"First of {name}")
            fields = {"module_id": name, "self_minutes": minutes, "display_name": f"Module {name}"}
            self.modules[name] = lms.add(unit, "peer_module", **fields)
            self.checks[name] = lms.add(unit, "peer_check", display_name=f"Check {name}")
        fields = {"completes": "ce", "category": "ethics", "provider": "Office"}
        self.end = lms.unit(self.course, "At the end", "Progress")
        self.progress = lms.add(self.end, "peer_progress", **fields)
        self.ann = lms.learner("ann", self.course)
        self.seconds = minutes * 60

    def learner(self, user=None):
        """The learner of an account."""
        return learners.of((user or self.ann).id)

    def credit(self, module="M1", seconds=None, user=None):
        """Gives contact time as the hours room does: entry and signal in one transaction under the lock."""
        who = self.learner(user)
        with learners.locked(user_id=(user or self.ann).id):
            start = _after(who)
            total = ledger.total(who, self.course, module) + (seconds or self.seconds)
            end = start + (seconds or self.seconds)
            day = clock.now().astimezone(programme().time_zone).date()
            Entry.objects.create(
                learner=who, course=self.course, module=module, at=clock.epoch(), seen=end, start=start, end=end,
                total=total, day=day,
            )  # fmt: skip
            if total >= self.seconds:
                signals.module_credited.send(sender=Entry, learner=who, course=self.course, module=module)

    def pass_(self, module="M1", user=None):
        """Passes a check as the activity room does."""
        who, usage = self.learner(user), self.checks[module]
        since = Reversal.objects.filter(learner=who, usage=usage).count()
        with learners.locked(user_id=(user or self.ann).id):
            where = {"learner": who, "course": self.course, "usage": usage}
            Mastery.objects.create(**where, at=clock.epoch(), share=1.0, since=since)
            signals.check_passed.send(sender=None, **where)

    def reverse(self, module="M1", user=None):
        """Staff takes the hours of a module back."""
        ledger.reverse(self.learner(user), self.course, module, by=None, reason="test")

    def finish(self, user=None):
        """Everything that the course asks for."""
        for module in self.modules:
            self.credit(module, user=user)
            self.pass_(module, user=user)

    def give_name(self, name="Ana Ruiz", user=None):
        """The learner writes the name for the certificate."""
        answer = self.lms.post(self.progress, "set_name", {"name": name}, user or self.ann)
        assert answer.status_code == 200, answer.content
        return answer.json()


def _after(who):
    last = Entry.objects.filter(learner=who).order_by("-end").values_list("end", flat=True).first()
    return max(last or 0, 1772300000)


def rows():
    """The outbox, oldest first."""
    return list(Outbox.objects.order_by("id"))


def done():
    """The one completion there is."""
    return Completion.objects.get()


def report(row):
    """The report in a row."""
    return json.loads(vault().open(row.body))
