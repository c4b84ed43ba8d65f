"""Every view of every block renders, whatever the platform lacks, and writes nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conformance import bench
from tests.conformance.blocks import (
    EXAMPLES,
    HOSTILE,
    author_lists,
    author_texts,
    check,
    hostile_cards,
    hostile_items,
    hurts,
    registered,
)

pytestmark = pytest.mark.django_db

SERVICES = ("user", "i18n", "completion", "enrollments", "replace_urls", "settings", "studio_user_permissions")
LEARNER_VIEWS = ("student_view", "public_view")
AUTHOR_VIEWS = ("author_view", "studio_view")


def written(queries):
    return [each["sql"] for each in queries if each["sql"].split()[0].upper() in {"INSERT", "UPDATE", "DELETE"}]


def test_every_registered_block_has_an_example():
    assert set(registered()) == set(EXAMPLES)


@pytest.mark.parametrize("missing", [*SERVICES, "all of them"])
def test_views_render_without_a_service(lms, usage, ann, course, missing):
    eve = lms.author("eve", course)
    gone = SERVICES if missing == "all of them" else (missing,)
    with lms.without(*gone):
        for view in LEARNER_VIEWS:
            assert "peer" in lms.render(usage, ann, view)
        for view in AUTHOR_VIEWS:
            assert "peer" in lms.render(usage, eve, view)


def test_the_public_view_needs_nobody(lms, usage):
    page = lms.render(usage, None, "public_view")
    assert "Sign in" in page


def test_an_anonymous_visitor_of_the_learner_view_sees_the_public_one(lms, usage):
    assert (
        lms.fragment(usage).content.replace("student_view", "public_view")
        == lms.fragment(usage, None, "public_view").content
    )


def test_rendering_writes_nothing(lms, usage, ann):
    lms.render(usage, ann)
    with CaptureQueriesContext(connection) as queries:
        lms.render(usage, ann)
    assert written(queries) == []
    assert lms.grades == lms.completions == []


def test_support_is_in_every_learner_view(lms, usage, ann):
    page = lms.render(usage, ann)
    assert "Step away" in page
    assert 'href="tel:988"' in page
    assert 'href="sms:988"' in page


def test_a_demonstration_says_so(lms, usage, ann):
    assert "Demonstration" in lms.render(usage, ann)


def test_ids_of_elements_do_not_meet_those_of_another_block(lms, unit, usage, example, ann):
    other = bench.add(lms, unit, example.olx)
    assert not ids(lms.render(usage, ann)) & ids(lms.render(other, ann))


def ids(page):
    return {part.split('"')[0] for part in page.split(' id="')[1:]}


def test_hostile_author_text_stays_text(lms, usage, example, ann, course):
    eve = lms.author("eve", course)
    block = lms.block(usage, eve)
    kept = {name: HOSTILE for name in author_texts(type(block)) if name != "module_id"}
    kept |= {name: [HOSTILE, "second"] for name in author_lists(type(block))}
    bench.set_fields(lms, usage, **kept)
    for view, who in [*((view, ann) for view in LEARNER_VIEWS), *((view, eve) for view in AUTHOR_VIEWS)]:
        page = lms.render(usage, who, view)
        assert hurts(page) == [], view


@pytest.mark.parametrize("parts", [hostile_items, hostile_cards])
def test_hostile_parts_stay_text(lms, unit, ann, course, parts):
    usage = bench.add(lms, unit, parts())
    eve = lms.author("eve", course)
    for view, who in (("student_view", ann), ("public_view", ann), ("author_view", eve), ("studio_view", eve)):
        assert hurts(lms.render(usage, who, view)) == [], view


def test_a_page_asks_no_more_of_the_database_in_a_larger_course(lms, course, unit, usage, example, ann):
    with CaptureQueriesContext(connection) as few:
        lms.render(usage, ann)
    for number in range(4):
        bigger = lms.unit(course, subsection=f"Module {number + 2}", title="More")
        bench.add(lms, bigger, EXAMPLES["peer_module"].olx.replace("CE-BND-1", f"CE-BND-{number + 2}"))
        bench.add(lms, bigger, check(6))
        lms.learner(f"other{number}", course)
    lms.render(usage, ann)
    with CaptureQueriesContext(connection) as many:
        lms.render(usage, ann)
    assert len(ours(many)) <= len(ours(few))


def ours(queries):
    return [each["sql"] for each in queries if "peer_demo" not in each["sql"]]
