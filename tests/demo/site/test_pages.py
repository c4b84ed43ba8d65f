"""The demo's own pages: who may see them, and what they do."""

import io
from pathlib import Path

import pytest
from django.test import Client
from opaque_keys.edx.keys import CourseKey

from peer_xblocks.demo.clock import FileClock
from peer_xblocks.demo.lms import access, olx
from peer_xblocks.demo.models import Block, BlockCompletion
from peer_xblocks.demo.site import seed
from peer_xblocks.demo.site.personas import named

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(lms):
    key = lms.course("course-v1:Test+Site+2026", title="A small course")
    first = lms.unit(key, "Module 1", "First page")
    lms.add(first, "peer_module", display_name="Module 1", module_id="M1", self_minutes=30)
    lms.add(first, "html", display_name="Text", data="<p>Words</p>")
    lms.unit(key, "Module 2", "Second page")
    return key


@pytest.fixture
def units(course):
    return list(Block.objects.filter(course_id=course, type="vertical").order_by("pk").values_list("usage", flat=True))


@pytest.fixture
def by(course):
    """A browser of this machine, stepped into somebody of the course."""

    def step(name, role=None):
        user = seed.account(named(name))
        if role:
            access.appoint(user.pk, course, role)
        else:
            access.enrol(user.pk, course)
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(user)
        return client

    return step


def titles(client, course):
    return client.get(f"/courses/{course}").content.decode()


def test_who_has_one_course_comes_to_its_outline_at_once(by, course):
    assert by("renee").get("/courses").url == f"/courses/{course}"


def test_the_outline_says_what_counted_and_what_is_to_do(by, course):
    shown = titles(by("renee"), course)
    assert "0 min of 30 min" in shown and "Module 1: 30 min more" in shown
    assert "Begin: First page" in shown


def test_a_page_that_was_seen_is_done(by, course, lms):
    client = by("renee")
    for usage in Block.objects.filter(type__in=["html", "peer_module"]).values_list("usage", flat=True):
        BlockCompletion.objects.create(
            user_id=client.session["_auth_user_id"], course=course, usage=usage, completion=1
        )
    assert titles(client, course).count(">Done<") == 1


def test_a_unit_frames_its_blocks_with_the_ways_on(by, course, lms):
    client = by("renee")
    first, second = sorted(
        Block.objects.filter(type="vertical").values_list("usage", flat=True),
        key=lambda usage: "First" not in Block.objects.get(usage=usage).fields,
    )
    shown = client.get(f"/units/{first}").content.decode()
    assert f'src="/xblock/{first}' in shown and 'referrerpolicy="origin"' in shown
    assert f'href="/units/{second}"' in shown and "Go on: Second page" in shown
    assert "<title>Page 1 of 2" in shown


def test_any_block_leads_to_its_page(by, course):
    text = Block.objects.get(type="html")
    assert by("renee").get(f"/courses/{course}/jump_to/{text.usage}").url == f"/units/{text.parent}"


@pytest.mark.parametrize("page", ["/courses/{course}", "/courses/{course}/progress", "/units/{unit}"])
def test_pages_of_a_course_are_for_its_people(by, course, units, page):
    address = page.format(course=course, unit=units[0])
    assert by("renee").get(address).status_code == 200
    stranger = Client(HTTP_HOST="127.0.0.1")
    assert stranger.get(address).url == "/"
    stranger.force_login(seed.account(named("tomas")))
    assert stranger.get(address).status_code == 403


@pytest.mark.parametrize(
    "page",
    ["/courses/{course}/learners", "/courses/{course}/learners/renee", "/studio/courses/{course}", "/studio/units/{unit}",
     "/studio/courses/{course}/export"],
)  # fmt: skip
def test_learners_see_no_staff_page(by, course, units, page):
    assert by("renee").get(page.format(course=course, unit=units[0])).status_code == 403


@pytest.mark.parametrize(
    "page", ["/courses/no+such", "/courses/course-v1:No+Such+1", "/units/x", "/units/block-v1:No+Such+1+type@html+block@a", "/nowhere",
     "/studio/units/%F0%9F%98%80"],
)  # fmt: skip
def test_what_does_not_exist_is_said_in_a_sentence(by, page):
    answer = by("renee").get(page)
    assert answer.status_code in (403, 404)
    assert "This did not work" in answer.content.decode()


def test_a_trainer_sees_where_everybody_stands(by, course):
    by("renee")
    shown = by("joan", "limited_staff").get(f"/courses/{course}/learners").content.decode()
    assert "Renee Calloway" in shown and "0 min of 30 min" in shown
    assert f"/peer_xblocks/hours/cohort/{course}" in shown


def test_a_trainer_sees_the_course_as_a_learner_does_and_comes_back(by, course):
    by("renee")
    trainer = by("joan", "limited_staff")
    trainer.post(f"/courses/{course}/view-as", {"learner": "renee"})
    assert "as Renee Calloway does" in titles(trainer, course)
    trainer.post(f"/courses/{course}/view-as")
    assert "as Renee Calloway does" not in titles(trainer, course)


def test_nobody_but_staff_looks_through_anothers_eyes(by, course):
    by("tomas")
    assert by("renee").post(f"/courses/{course}/view-as", {"learner": "tomas"}).status_code == 403


@pytest.mark.parametrize("what", ["report", "reset", "rescore", "override", "delete", "", "harm"])
def test_the_instructors_actions_answer_in_a_sentence(by, course, lms, what):
    by("renee")
    module = Block.objects.get(type="peer_module").usage
    trainer = by("joan", "limited_staff")
    answer = trainer.post(
        f"/courses/{course}/learners/renee/act", {"what": what, "usage": module, "score": "0.5"}, follow=True
    )
    assert answer.status_code in (200, 400)
    assert 'role="status"' in answer.content.decode() or "This did not work" in answer.content.decode()


def test_no_action_reaches_into_another_course(by, course, lms):
    by("renee")
    other = lms.add(lms.unit(lms.course("course-v1:Test+Other+1")), "html")
    trainer = by("joan", "limited_staff")
    sent = {"what": "delete", "usage": other}
    assert trainer.post(f"/courses/{course}/learners/renee/act", sent).status_code == 404


def test_an_author_duplicates_and_removes_a_block(by, course):
    author, text = by("ellis", "instructor"), Block.objects.get(type="html")
    author.post(f"/studio/blocks/{text.usage}/duplicate")
    assert "Duplicate of" in author.get(f"/studio/units/{text.parent}").content.decode()
    author.post(f"/studio/blocks/{text.usage}/remove")
    assert not Block.objects.filter(usage=text.usage).exists()


def test_a_course_that_goes_out_comes_in_again_unchanged(by, course):
    author = by("ellis", "instructor")
    sent = author.get(f"/studio/courses/{course}/export").content
    copy = "course-v1:Test+Site+2027"
    author.post("/studio/import", {"course": copy, "archive": io.BytesIO(sent)})
    assert "A small course" in author.get(f"/studio/courses/{copy}").content.decode()
    assert len(sent) > 100 and olx.export(CourseKey.from_string(copy))


@pytest.mark.parametrize(("key", "data"), [("", b"x"), ("nonsense", b"x"), ("course-v1:A+B+C", b"not an archive")])
def test_what_is_no_archive_or_no_course_is_refused_in_a_sentence(by, key, data):
    answer = by("ellis", "instructor").post("/studio/import", {"course": key, "archive": io.BytesIO(data)})
    assert answer.status_code == 400 and "This did not work" in answer.content.decode()


def test_a_learner_brings_in_no_course(by, course):
    sent = {"course": "course-v1:A+B+C", "archive": io.BytesIO(b"x")}
    assert by("renee").post("/studio/import", sent).status_code == 403


def test_the_clock_is_moved_by_a_post_of_this_machine(by, settings):
    client = by("renee")
    assert client.post("/demo/clock", {"advance": 15}, content_type="application/json").json()["offset"] == 15
    client.post("/demo/clock", {"advance": 900})
    assert "15 min ahead" in client.get("/demo/clock").content.decode()
    assert client.post("/demo/clock", {"advance": 9}, REMOTE_ADDR="192.0.2.1").status_code == 403
    assert client.post("/demo/clock", {"advance": "back"}, content_type="application/json").json()["error"]
    assert FileClock(Path(settings.PEER_DEMO["CLOCK"])).offset == 915


def test_starting_over_asks_first(by, tmp_path):
    client = by("renee")
    assert "will be gone" in client.get("/demo/reset").content.decode()
    assert client.post("/demo/reset").status_code == 400
    assert not (tmp_path / "start-over").exists()
    client.post("/demo/reset", {"sure": "yes"})
    assert (tmp_path / "start-over").exists()
