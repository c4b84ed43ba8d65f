"""The worker closes what learners left."""

import pytest

from peer_xblocks.certification.work import Worker
from peer_xblocks.exam import sittings, sweep

pytestmark = pytest.mark.django_db


def test_the_workers_round_closes_what_learners_left(stage):
    stage.start()
    stage.at.forward(3600)
    Worker(refresh=lambda: None).round()
    assert stage.row().state == "timed_out"


def test_one_sitting_that_cannot_be_closed_holds_up_nobody_else(stage, monkeypatch):
    stage.start()
    stage.start(stage.lms.learner("ben", stage.course))
    stage.at.forward(3600)
    real, broken = sittings.time_out, stage.row().id

    def close(key, *, now):
        if key == broken:
            raise RuntimeError("a made-up fault")
        return real(key, now=now)

    monkeypatch.setattr(sittings, "time_out", close)
    assert sweep.sweep() == 1
    monkeypatch.undo()
    assert sweep.sweep() == 1
