"""The demo begins with people who stand where they would stand after doing the work."""

import pytest
from django.contrib.auth import get_user_model

from peer_xblocks.certification.models import Outbox
from peer_xblocks.demo.site import seed, standing
from peer_xblocks.hours.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def standings():
    seed.seed()
    users = {user.username: user.pk for user in get_user_model().objects.all()}
    return {name: standing.outline(seed.COURSE, str, users[name]) for name in users}


def test_everybody_stands_where_their_card_says(standings):
    said = {name: (each.counted_words, len(each.missing)) for name, each in standings.items()}
    assert said["renee"] == said["priya"] == ("0 min", 4)
    assert said["tomas"] == ("12 min", 4)
    assert said["marcus"] == ("58 min", 1)
    assert said["delia"] == ("1 h", 1)
    assert said["ruben"] == ("1 h", 0)
    assert standings["marcus"].missing[0].endswith("2 min more")
    assert "pass" in standings["delia"].missing[0]


def test_only_who_did_everything_has_a_report_on_its_way(standings):
    rows = Outbox.objects.select_related("completion")
    assert [row.completion.course for row in rows] == [seed.COURSE]


def test_nobody_was_in_two_places_at_once(standings):
    spans = Entry.objects.filter(start__lt=2**40).order_by("learner", "start").values_list("learner", "start", "end")
    counted = [each for each in spans if each[1] < each[2]]
    for before, after in zip(counted, counted[1:], strict=False):
        assert before[0] != after[0] or before[2] <= after[1]
