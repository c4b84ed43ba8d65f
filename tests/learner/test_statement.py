"""Statements by hand say the same on every database: quoted names, UUIDs in the database's own form."""

from uuid import uuid4

import pytest

from peer_xblocks.learner import statement
from peer_xblocks.learner.models import Learner

pytestmark = pytest.mark.django_db

FIND = 'SELECT "id", user_id FROM peer_learner_learner WHERE "id" = %s AND user_id = %s'


def test_a_row_is_found_by_its_uuid_and_handed_back_with_one():
    made = Learner.objects.create(user_id=7)
    ((found, user_id),) = statement.read(FIND, made.id, 7)
    assert (statement.as_uuid(found), user_id) == (made.id, 7)


def test_nothing_found_is_no_row():
    assert not statement.read(FIND, uuid4(), 7)
    assert statement.as_uuid(None) is None


def test_what_is_given_is_never_read_as_part_of_the_statement():
    Learner.objects.create(user_id=7)
    assert not statement.read("SELECT id FROM peer_learner_learner WHERE 'x' = %s", "y' OR 'x' = 'x")
