"""What a page may say of a change that it sends."""

import pytest

from peer_xblocks.activity.sent import DAY, Sent, stamp
from peer_xblocks.refusal import Refusal

GOOD = {"digest": "0a" * 32, "client_id": "0123-abc_", "at": None}


def test_a_mark_a_wording_and_a_moment_are_read():
    assert stamp({**GOOD, "at": 7}, "No.") == Sent(digest="0a" * 32, client_id="0123-abc_", at=7)


@pytest.mark.parametrize(
    "change",
    [
        {"digest": "0A" * 32},
        {"digest": "0a" * 31},
        {"digest": ["0a" * 32]},
        {"client_id": "1234567"},
        {"client_id": "x" * 65},
        {"client_id": "12345678\n"},
        {"client_id": None},
        {"at": True},
        {"at": "7"},
        {"at": 7.0},
    ],
)
def test_anything_else_is_refused_in_the_words_of_who_asked(change):
    with pytest.raises(Refusal, match="^No.$"):
        stamp({**GOOD, **change}, "No.")


@pytest.mark.parametrize(
    ("at", "believed"), [(None, 10 * DAY), (9.5 * DAY, 9.5 * DAY), (11 * DAY, 10 * DAY), (0, 9 * DAY)]
)
def test_a_moment_is_believed_from_a_day_ago_until_now(at, believed):
    moment = None if at is None else int(at)
    assert Sent(digest="", client_id="", at=moment).made_at(10 * DAY) == believed
