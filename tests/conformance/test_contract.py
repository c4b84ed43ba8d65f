"""What LMS and Studio ask of a block: capabilities, completion, staff tools, search, copies."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peer_xblocks.block import PeerBlock
from peer_xblocks.learner import learners
from tests.conformance import bench
from tests.conformance.blocks import EXAMPLES, SCORED, check, registered

pytestmark = pytest.mark.django_db

SCORE_METHODS = (
    "get_score",
    "set_score",
    "calculate_score",
    "publish_grade",
    "rescore",
    "max_score",
    "has_submitted_answer",
)


@pytest.mark.parametrize(("tag", "block"), registered().items())
def test_only_scored_blocks_have_score_methods(tag, block):
    if tag in SCORED:
        assert block.has_score is True
        assert all(callable(getattr(block, name)) for name in SCORE_METHODS)
        assert {"attempts"} <= set(block.fields)
        assert callable(block.generate_report_data)
    else:
        assert not getattr(block, "has_score", False)
        assert not [name for name in SCORE_METHODS if hasattr(block, name)]


@pytest.mark.parametrize(("tag", "block"), registered().items())
def test_completion_is_always_custom(tag, block):
    assert block.has_custom_completion is True
    assert block.completion_mode == "completable"


@pytest.mark.parametrize(("tag", "block"), registered().items())
def test_no_asset_is_published_by_the_platform(tag, block):
    assert issubclass(block, PeerBlock)
    assert block.resources_dir is None


@pytest.mark.parametrize(("tag", "block"), registered().items())
def test_services_are_wanted_never_needed(tag, block):
    declared = [block.service_declaration(name) for name in ("user", "i18n", "completion", "studio_user_permissions")]
    assert declared == ["want"] * 4


@pytest.mark.parametrize(("tag", "block"), registered().items())
def test_phones_are_welcome(tag, block):
    assert "multi_device" in block.student_view._supports


def test_a_scored_block_is_worth_one_point_and_no_weight(lms, unit, ann):
    block = lms.block(bench.add(lms, unit, EXAMPLES["peer_check"].olx), ann)
    assert block.max_score() == 1.0
    assert block.weight is None


def test_deleting_the_state_of_somebody_who_did_nothing_changes_nothing(lms, usage, ann, course):
    tom = lms.staff("tom", course)
    bench.clear_state(lms, usage, ann, by=tom)
    assert learners.known(ann.id) is None


def test_deleting_state_takes_completion_back(lms, usage, ann, course):
    tom = lms.staff("tom", course)
    learners.of(ann.id)
    bench.clear_state(lms, usage, ann, by=tom)
    assert bench.completion_of(usage, ann) in (None, 0.0)


def test_what_the_course_api_may_pass_on_holds_no_secret(lms, usage, ann):
    block = lms.block(usage, ann)
    shown = f"{block.student_view_data()} {block.index_dictionary()}"
    assert str(block.display_name) in shown
    assert "SECRET" not in shown
    assert str(ann.id) not in shown.replace(str(block.display_name), "")


def test_the_index_names_what_the_block_is(lms, usage):
    index = lms.block(usage).index_dictionary()
    assert index["content_type"]
    assert index["content"]["display_name"]


@pytest.mark.parametrize("copied", ["duplicate", "paste"])
def test_a_copy_shares_no_id_with_its_source(lms, unit, usage, copied):
    made = lms.duplicate(usage) if copied == "duplicate" else lms.paste(usage, unit)
    source, copy = lms.block(usage), lms.block(made)
    assert copy.usage != source.usage
    assert not inner_ids(source) & inner_ids(copy)


def inner_ids(block):
    return {each["id"] for name in ("items", "cards") for each in getattr(block, name, ())}


def test_handlers_refuse_strangers_in_one_sentence(lms, usage, course):
    stranger = lms.user("stranger")
    for name in handlers_of(lms.block(usage)):
        answer = lms.post(usage, name, {}, stranger)
        assert 400 <= answer.status_code < 500, name
        assert answer.json()["error"]


def test_handlers_refuse_a_get(lms, usage, ann):
    for name in handlers_of(lms.block(usage)):
        answer = lms.get(usage, name, ann)
        assert answer.status_code == 405, name


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe", b"[1]", b"7", b"null", b'{"a":' * 5000, b'{"a": "' + b"x" * 600_000 + b'"}']
)
def test_handlers_refuse_what_is_no_request(lms, usage, ann, body):
    for name in handlers_of(lms.block(usage)):
        answer = lms.post(usage, name, None, ann, raw=body)
        assert answer.status_code in (400, 403, 413), name
        assert "Traceback" not in answer.content.decode()


def test_staff_who_look_as_a_learner_change_nothing(lms, usage, ann, course):
    tom = lms.staff("tom", course)
    for name in handlers_of(lms.block(usage)):
        answer = lms.post(usage, name, {}, ann, acting=tom)
        assert answer.status_code in (403, 409), name
    assert learners.known(ann.id) is None


def handlers_of(block):
    return [name for name in dir(type(block)) if getattr(getattr(type(block), name), "_is_xblock_handler", False)]


def test_a_handler_asks_no_more_of_the_database_with_more_items(lms, unit, ann):
    counts = []
    for size in (2, 12):
        usage = bench.add(lms, unit, check(size))
        lms.render(usage, ann)
        lms.post(usage, "state", {}, ann)
        with CaptureQueriesContext(connection) as queries:
            lms.post(usage, "state", {}, ann)
        counts.append(len(queries))
    assert counts[0] == counts[1]
