"""A marker sentence is looked for everywhere a word of a story must not be: tables, logs, events, exports, others' pages."""

import logging

import pytest
from django.apps import apps
from django.db import connection
from django.dispatch import Signal

from peer_xblocks.learner import learners, signals
from peer_xblocks.story.models import Passage, Run
from tests.conformance import bench
from tests.conformance.blocks import EXAMPLES
from tests.story.conftest import MARKER

SEALED = {("peer_story_passage", "sealed"), ("peer_story_run", "sealed")}
WORDS = MARKER.split()
WHOLE = 77  # seconds: a number that nothing else here has


def columns():
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for column in connection.introspection.get_table_description(cursor, table):
                yield table, column.name


def cells(table, column):
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {quote(column)} FROM {quote(table)}")
        return [str(bytes(each) if isinstance(each, memoryview) else each) for (each,) in cursor.fetchall()]


@pytest.fixture
def told(stage, caplog, capsys):
    """Everything that was said while Ann wrote, rehearsed, made mistakes, finished."""
    heard = []
    caplog.set_level(logging.DEBUG)

    def hear(sender=None, signal=None, **facts):
        heard.append(repr(facts))

    every = [each for each in vars(signals).values() if isinstance(each, Signal)]
    for each in every:
        each.connect(hear)
    ann = stage.writer()
    ann.write(MARKER)
    ann.write(f"{MARKER} and more", "hard")
    stage.writer().write(f"another device: {MARKER}")
    ann.ask("rehearsed", kind="talk", seconds={"open": WHOLE}, words={"open": 150}, client_id="r" * 16)
    ann.ask("keep", part="nowhere", text=MARKER, page="p" * 32, seq=1, base=[])
    ann.ask("keep", part="open", text=MARKER * 2000, page="p" * 32, seq=1, base=[])
    ann.ask("finish")
    stage.lms.client(stage.ann).get(f"/peer_xblocks/story/cards/{stage.usage}")
    stage.lms.client(stage.ann).get(f"/peer_xblocks/story/notes/{stage.usage}")
    for each in every:
        each.disconnect(hear)
    spoken = capsys.readouterr()
    return "\n".join([*heard, *(each.getMessage() for each in caplog.records), caplog.text, spoken.out, spoken.err])


@pytest.mark.django_db
def test_no_table_but_the_sealed_columns_could_hold_a_word(stage, told):
    assert Passage.objects.count() == 3
    for table, column in columns():
        found = "\n".join(cells(table, column))
        for word in (MARKER, WORDS[0]):
            assert word not in found, (table, column)
    assert {each for each in columns() if each[1] == "sealed" and each[0].startswith("peer_story")} == SEALED


@pytest.mark.django_db
def test_columns_beside_the_sealed_one_are_keys_times_and_flags(stage, told):
    plain = {model: {field.name for field in model._meta.get_fields()} - {"sealed"} for model in (Passage, Run)}
    assert plain[Passage] == {"id", "learner", "course", "usage", "at", "part", "page", "seq", "live", "begun"}
    assert plain[Run] == {"id", "learner", "course", "usage", "at", "client_id"}
    assert all(field.get_internal_type() != "JSONField" for model in plain for field in model._meta.get_fields())


@pytest.mark.django_db
def test_equal_texts_of_two_people_rest_unequal_and_as_long(stage):
    ann, ben = stage.writer(), stage.writer(stage.lms.learner("ben", stage.course))
    ann.write(MARKER)
    ben.write(MARKER)
    ben.write("x", "hard")
    first, second, other = (each.sealed for each in Passage.objects.order_by("id"))
    assert first != second
    assert len(first) == len(second) == len(other)


@pytest.mark.django_db
def test_no_log_line_no_signal_and_no_event_holds_a_word(stage, told):
    assert stage.usage in told
    assert WORDS[0] not in told
    assert WORDS[0] not in repr([stage.lms.grades, stage.lms.completions, stage.lms.events])
    assert stage.lms.grades


@pytest.mark.django_db
def test_no_export_report_or_index_holds_a_word(stage, told):
    block = stage.lms.block(stage.usage, stage.ann)
    files = bench.files(stage.lms.export(stage.course))
    shown = [*(body.decode("utf-8", "replace") for body in files.values()), stage.lms.olx(stage.usage)]
    shown += [repr(stage.lms.report(stage.usage)), repr(block.student_view_data()), repr(block.index_dictionary())]
    shown += [repr(stage.lms.state(stage.usage, stage.ann)), repr(platform_facts(stage))]
    assert not [each for each in shown if WORDS[0] in each]


def platform_facts(stage):
    from peer_xblocks.compat import platform

    return platform().blocks(stage.course, ["peer_story"])


@pytest.mark.django_db
def test_no_page_of_another_person_holds_a_word(stage, told):
    lms = stage.lms
    for tag, example in EXAMPLES.items():
        if tag != "peer_story":
            bench.add(lms, stage.unit, example.olx)
    people = [lms.learner("ben", stage.course), lms.staff("tom", stage.course), lms.author("eve", stage.course), None]
    learner = learners.known(stage.ann.id)
    addresses = [
        f"/xblock/{stage.unit}",
        f"/peer_xblocks/story/cards/{stage.usage}",
        f"/peer_xblocks/hours/cohort/{stage.course}",
        f"/peer_xblocks/hours/evidence/{stage.course}/{learner}",
        f"/studio/xblock/{stage.unit}",
        f"/studio/xblock/{stage.usage}/edit",
    ]
    for person in people:
        client = lms.client(person)
        for address in addresses:
            assert WORDS[0] not in client.get(address).content.decode("utf-8", "replace"), (person, address)
        for handler in ("look", "earlier"):
            answer = lms.post(stage.usage, handler, {"part": "open", "who": "x"}, person)
            assert WORDS[0] not in answer.content.decode()


@pytest.mark.django_db
def test_a_trainer_who_guesses_ids_gets_nothing(stage):
    ann = stage.writer()
    ann.write(MARKER)
    tom = stage.lms.staff("tom", stage.course)
    who, learner = ann.who, str(learners.known(stage.ann.id))
    for handler in ("look", "earlier", "keep", "rehearsed", "finish", "delete_story"):
        for guess in (
            {"who": who, "part": "open"},
            {"who": who, "learner": learner, "user_id": stage.ann.id, "part": "open"},
        ):
            answer = stage.lms.post(stage.usage, handler, guess, tom)
            assert MARKER not in answer.content.decode()
        as_ann = stage.lms.post(stage.usage, handler, {"who": who, "part": "open"}, stage.ann, acting=tom)
        assert as_ann.status_code in (403, 409)
        assert MARKER not in as_ann.content.decode()
    assert ann.look()["parts"]["open"][0]["text"] == MARKER


@pytest.mark.django_db
def test_a_trainer_who_views_as_her_sees_no_word(stage):
    from peer_xblocks.demo.lms import masquerade

    ann = stage.writer()
    ann.write(MARKER)
    client = stage.lms.client(stage.lms.staff("tom", stage.course))
    session = client.session
    masquerade.view_as(session, stage.course, username="ann")
    session.save()
    for address in (f"/xblock/{stage.unit}", f"/peer_xblocks/story/cards/{stage.usage}"):
        assert MARKER not in client.get(address).content.decode()


@pytest.mark.django_db
def test_no_model_of_ours_beside_the_room_has_a_relation_to_it():
    ours = [each for each in apps.get_models() if each._meta.app_label.startswith("peer_")]
    related = [
        (model, field)
        for model in ours
        for field in model._meta.get_fields()
        if field.related_model and field.related_model._meta.app_label == "peer_story"
    ]
    assert related == []
