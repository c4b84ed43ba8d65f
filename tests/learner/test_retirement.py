"""Retiring an account: the link goes, all rooms are heard, all of it or nothing."""

import pytest
from click.testing import CliRunner

from peer_xblocks import compat
from peer_xblocks.cli import main
from peer_xblocks.learner import learners, retirement, signals
from peer_xblocks.learner.models import Learner
from tests.learner.test_learners import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard():
    """What rooms hear."""
    found = []

    def note(learner, **_said):
        found.append((learner, learners.user_of(learner)))

    signals.retiring.connect(note)
    yield found
    signals.retiring.disconnect(note)


def test_the_link_goes_and_the_learner_stays(heard):
    learner = learners.of(7)
    assert retirement.retire(7) == learner
    assert learners.known(7) is None
    assert learners.user_of(learner) is None
    assert list(learners.retired().values_list("id", flat=True)) == [learner]
    # Rooms hear of it while the account is still known.
    assert heard == [(learner, 7)]


def test_again_is_as_good_as_once(heard):
    learners.of(7)
    retirement.retire(7)
    assert retirement.retire(7) is None
    assert len(heard) == 1


def test_an_account_without_records_has_nothing_to_retire(heard):
    assert retirement.retire(7) is None
    assert heard == []
    assert not Learner.objects.exists()


def test_what_a_room_cannot_do_undoes_all_of_it_and_is_heard():
    learners.of(7)

    def cannot(**_said):
        raise RuntimeError("the disk is full")

    signals.retiring.connect(cannot)
    try:
        with pytest.raises(RuntimeError):
            retirement.retire(7)
    finally:
        signals.retiring.disconnect(cannot)
    assert learners.known(7)


@pytest.mark.django_db(transaction=True)
def test_from_four_threads_at_once_it_happens_once(transactional_db, heard):
    learners.of(7)
    together(lambda: retirement.retire(7), 4)
    assert learners.known(7) is None
    assert len(heard) == 1


def test_the_platform_retires_an_account_and_it_is_heard(lms, heard):
    user = lms.user("ann")
    learner = learners.of(user.id)
    lms.retire(user)
    assert heard == [(learner, user.id)]
    user.refresh_from_db()
    assert (user.is_active, user.first_name) == (False, "")


def test_a_platform_that_does_not_say_so_is_a_line_in_the_log(caplog):
    compat.EdxPlatform().on_retirement(print)
    assert "learners retire" in caplog.text


def test_open_edx_says_so_by_its_last_signal(monkeypatch):
    import sys
    from types import ModuleType, SimpleNamespace

    from django.dispatch import Signal

    name = "openedx.core.djangoapps.user_api.accounts.signals"
    parts = name.split(".")
    for end in range(1, len(parts) + 1):
        monkeypatch.setitem(sys.modules, ".".join(parts[:end]), ModuleType(".".join(parts[:end])))
    sys.modules[name].USER_RETIRE_LMS_CRITICAL = Signal()
    found = []
    for _ in range(2):
        compat.EdxPlatform().on_retirement(found.append)
    sys.modules[name].USER_RETIRE_LMS_CRITICAL.send(sender=None, user=SimpleNamespace(id=7), retired_username="x")
    assert found == [7]


@pytest.fixture
def run():
    return lambda *words, **more: CliRunner().invoke(main, ["learners", "retire", *words], **more)


def test_by_hand_an_account_is_retired_after_a_question(run):
    learner = learners.of(7)
    assert run("7", input="n\n").exit_code == 1
    assert learners.known(7)
    found = run("7", input="y\n")
    assert found.exit_code == 0
    assert str(learner) in found.output
    assert learners.known(7) is None


def test_by_hand_a_learner_is_named_as_reports_name_them(run):
    learner = learners.of(7)
    assert run(str(learner), "--yes").exit_code == 0
    assert learners.known(7) is None


@pytest.mark.parametrize(
    ("who", "status"), [("7", 1), ("00000000-0000-0000-0000-000000000000", 1), ("ann", 2), ("9" * 30, 2)]
)
def test_by_hand_a_number_that_nobody_has_is_said(run, who, status):
    assert run(who, "--yes").exit_code == status
