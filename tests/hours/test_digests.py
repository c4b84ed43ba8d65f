"""Days that are over are sealed once, and any change of what is sealed or added up is found."""

import pytest
from click.testing import CliRunner
from django.core.cache import cache
from django.db import connection

from peer_xblocks import clock
from peer_xblocks.cli import main
from peer_xblocks.hours import digests, ledger
from peer_xblocks.hours.models import AppendOnly, Digest, Entry
from peer_xblocks.learner import learners
from tests.hours.classroom import Classroom

DAY = 86_400


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


@pytest.fixture
def room(lms, at):
    """Ann and Bob were there for two days."""
    room = Classroom(lms)
    for user in (room.ann, lms.learner("bob", room.course)):
        for _ in range(2):
            room.opened(user=user).live(at, 45)
            at.forward(DAY)
    return room


def tamper(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def verify(*options):
    return CliRunner().invoke(main, ["hours", "verify", *options])


def test_each_learner_and_day_gets_one_digest(room):
    assert digests.seal(clock.now()) == 4
    assert digests.seal(clock.now(), again=0) == 0
    assert [row.number for row in Digest.objects.order_by("learner", "number")] == [0, 1, 0, 1]
    assert verify().exit_code == 0
    assert "2 learners" in verify().output


def test_a_sweep_looks_once_in_an_hour(room, at):
    digests.seal(clock.now())
    room.opened().live(at, 15)
    assert digests.seal(clock.now()) == 0
    at.forward(DAY)
    assert digests.seal(clock.now()) == 1


def test_today_is_not_sealed(lms, at):
    room = Classroom(lms)
    room.opened().live(at, 30)
    assert digests.seal(clock.now()) == 0


def test_later_entries_join_the_chain(room, at):
    digests.seal(clock.now())
    ledger.reverse(learners.of(room.ann.id), room.course, "M1", by=None, reason="asked for")
    at.forward(DAY)
    assert digests.seal(clock.now(), again=0) == 1
    assert verify().exit_code == 0


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE peer_hours_entry SET why = 'full=9' WHERE id = %s", "do not fit"),
        ("UPDATE peer_hours_entry SET unit = 'x' WHERE id = %s", "do not fit"),
        ("UPDATE peer_hours_entry SET total = total + 60 WHERE id = %s", "add up to"),
        ("UPDATE peer_hours_entry SET start = start - 20 WHERE id = %s", "counts"),
        ("DELETE FROM peer_hours_entry WHERE id = %s", "do not fit"),
    ],
)
def test_a_change_behind_our_back_is_found(room, change, found):
    digests.seal(clock.now())
    entry = Entry.objects.filter(end__gt=0).order_by("id")[2]
    tamper(change, entry.id)
    said = verify("--course", room.course)
    assert said.exit_code == 1
    assert found in said.output
    assert str(entry.learner) in said.output


def test_digests_are_written_once(room):
    digests.seal(clock.now())
    with pytest.raises(AppendOnly):
        Digest.objects.get(number=0, learner=learners.of(room.ann.id)).delete()


def test_a_course_is_exported_line_by_line(room, tmp_path):
    file = tmp_path / "hours.csv"
    said = CliRunner().invoke(main, ["hours", "export", "--course", room.course, "-o", str(file)])
    assert said.exit_code == 0
    lines = file.read_text().splitlines()
    assert lines[0].startswith("learner,id,at,course,module")
    assert len(lines) == 1 + Entry.objects.count()
    one = CliRunner().invoke(main, ["hours", "export", "--course", room.course, "--learner", learners.of(room.ann.id)])
    assert len(one.output.splitlines()) == 1 + Entry.objects.filter(learner=learners.of(room.ann.id)).count()


def test_an_unknown_course_is_said(room):
    said = CliRunner().invoke(main, ["hours", "export", "--course", "course-v1:No+Such+Run"])
    assert said.exit_code == 1
    assert "no entries" in said.output


def test_wrong_use_is_said():
    assert CliRunner().invoke(main, ["hours", "export"]).exit_code == 2
