"""Units as pages: views, completion by being seen, the render filter (lms_checked Q1, Q10, Q14)."""

from __future__ import annotations

import pytest
from openedx_filters import PipelineStep

FILTER = "org.openedx.learning.vertical_block.render.completed.v1"
MARK = 'data-mark-completed-on-view-after-delay="5000"'


class Stamp(PipelineStep):
    """Writes under each unit whom it is for and how many units its subsection has."""

    def run_filter(self, block, fragment, context, view):
        siblings = len(block.get_parent().children)
        fragment.add_content(f"<i>{view} {block.scope_ids.user_id} of {siblings}</i>")
        fragment.add_javascript("stamp()")
        return {"block": block, "fragment": fragment, "context": context, "view": view}


@pytest.fixture
def stamped(settings):
    settings.OPEN_EDX_FILTERS_CONFIG = {
        FILTER: {"pipeline": ["tests.demo.lms.test_unit.Stamp"], "fail_silently": False}
    }


@pytest.fixture
def unfiltered(settings):
    settings.OPEN_EDX_FILTERS_CONFIG = {}


def page(room, user=None, usage=None):
    return room.lms.client(user).get(f"/xblock/{usage or room.unit}")


def test_a_step_of_the_render_filter_sees_the_learner_and_the_subsection(room, stamped):
    """lms_checked Q14: what it appends to the fragment is on the page."""
    text = page(room, room.ann).content.decode()
    assert f"<i>student_view {room.ann.id} of 1</i>" in text
    assert "stamp()" in text


def test_a_public_view_passes_through_the_filter_as_such(room, stamped, lms):
    public = lms.course("course-v1:Test+Open+2026", public=True)
    assert "<i>public_view None of 1</i>" in page(room, None, lms.unit(public)).content.decode()


def test_only_blocks_without_completion_of_their_own_are_marked_on_view(room, unfiltered):
    """lms_checked Q1: the vertical marks its direct children; not scored ones, not custom ones."""
    text = {kind: room.lms.render(room.add(kind), room.ann) for kind in ("html", "custom", "done", "marked")}
    shown = page(room, room.ann).content.decode()
    assert shown.count(MARK) == 1
    assert all(MARK not in each for each in text.values())


def test_a_block_is_marked_until_it_was_seen(room, unfiltered):
    html = room.add("html", data="<p>Hello</p>")
    assert MARK in page(room, room.ann).content.decode()
    room.lms.post(html, "publish_completion", {"completion": 1.0}, room.ann)
    assert room.lms.completion(html, room.ann) == 1.0
    assert MARK not in page(room, room.ann).content.decode()


@pytest.mark.parametrize("data", [{}, [], {"completion": "1"}, {"completion": 2}])
def test_a_browsers_word_must_be_a_share(room, data):
    assert room.lms.post(room.add("html"), "publish_completion", data, room.ann).status_code == 400


def test_a_child_of_a_container_is_not_marked(room, unfiltered):
    """lms_checked Q1: a nested html never completes unless its container does what the vertical does."""
    room.lms.add_olx(room.unit, '<box url_name="b"><html url_name="h">Hello</html></box>')
    text = page(room, room.ann).content.decode()
    box = text.index('data-block-type="box"')
    assert "Hello" in text[box:]
    assert MARK not in text[box:]


@pytest.mark.parametrize(("who", "status"), [("ann", 200), ("tom", 200), (None, 404), ("bob", 404)])
def test_a_unit_is_for_enrolled_learners_and_staff(room, who, status):
    """lms_checked Q7, Q10: everybody else reads "Course not found"."""
    user = None if who is None else room.lms.user("bob") if who == "bob" else getattr(room, who)
    assert page(room, user).status_code == status


def test_strangers_get_the_public_view_of_a_public_course(lms, unfiltered):
    """lms_checked Q10: a block without one says that it is for enrolled learners."""
    unit = lms.unit(lms.course(public=True))
    lms.add(unit, "html", data="<p>For all</p>")
    lms.add(unit, "probe")
    text = lms.client().get(f"/xblock/{unit}").content.decode()
    assert "<p>For all</p>" in text
    assert "“Probe” is only accessible to enrolled learners." in text


@pytest.mark.parametrize("usage", ["nothing", "block-v1:Test+CE1+2026+type@vertical+block@none", "lb:o:l:html:x"])
def test_an_unknown_unit_is_a_plain_404(room, usage):
    answer = page(room, room.ann, usage)
    assert answer.status_code == 404
    assert b"Traceback" not in answer.content


def test_a_unit_page_may_stand_in_a_frame_and_sets_the_token(room):
    """lms_checked Q7: the learning front end shows it in an iframe; blocks read the token from its cookie."""
    answer = page(room, room.ann)
    assert "X-Frame-Options" not in answer
    assert answer.cookies["csrftoken"]["samesite"] == "Lax"
    assert not answer.cookies["csrftoken"]["httponly"]


def test_a_unit_takes_no_post(room):
    assert room.lms.client(room.ann).post(f"/xblock/{room.unit}").status_code == 405


def test_a_block_whose_class_is_gone_shows_nothing_to_learners(room):
    """What the platform's hidden block does."""
    from opaque_keys.edx.keys import UsageKey

    from peer_xblocks.demo.lms import studio

    gone = str(studio.add(UsageKey.from_string(room.unit), "no_such_kind", {}))
    assert page(room, room.ann).status_code == 200
    assert "is not installed" in room.lms.render(gone, None, "author_view")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("done/public/check-full.png", 200),
        ("done/public/../done.py", 404),
        ("done/static/js/src/done.js", 404),
        ("nothing/public/a.css", 404),
    ],
)
def test_only_files_under_public_are_served(room, path, status):
    """lms_checked Q11: names under `public/`, no `..`."""
    assert room.lms.client().get(f"/xblock/resource/{path}").status_code == status


def test_a_masked_unit_is_the_learners(room, unfiltered):
    from peer_xblocks.demo.lms.page import render_unit

    room.add("probe")
    assert f"Probe of {room.ann.id}" in render_unit(room.unit, room.tom, masquerade=room.ann).body
