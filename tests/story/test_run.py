"""The times of a rehearsal."""

import pytest

from peer_xblocks.refusal import Refusal
from peer_xblocks.story.pace import Reading
from peer_xblocks.story.run import Run, talks

GOOD = {"kind": "talk", "seconds": {"open": 40, "hard": 100}, "words": {"open": 90, "hard": 0}, "client_id": "c" * 16}


def test_a_run_is_read_and_comes_back_from_its_text():
    run = Run.from_json(GOOD)
    assert run.total == 140
    again = Run.from_text(run.to_text(), 7)
    assert (again.seconds, again.words, again.kind, again.at) == (run.seconds, run.words, "talk", 7)


def test_only_parts_with_words_measure_the_pace():
    assert Run.from_json(GOOD).reading == Reading(90, 40)


def test_a_piece_read_aloud_is_no_rehearsal():
    reading = Run.from_json({**GOOD, "kind": "reading"})
    assert talks([reading, Run.from_json(GOOD)]) == [Run.from_json(GOOD)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "song"},
        {"client_id": "x"},
        {"client_id": None},
        {"seconds": {}},
        {"seconds": [1]},
        {"seconds": {"open": 1}},
        {"seconds": {"open": -1, "hard": 1}},
        {"seconds": {"open": 3601, "hard": 1}},
        {"seconds": {"open": True, "hard": 1}},
        {"seconds": {"open": 1.5, "hard": 1}},
        {"words": {"open": "90", "hard": 1}},
        {"words": {"mine": 1, "hard": 1}},
    ],
    ids=str,
)
def test_anything_else_is_refused(wrong):
    with pytest.raises(Refusal):
        Run.from_json({**GOOD, **wrong})
