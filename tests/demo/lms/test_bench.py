"""The bench itself: courses, people, views, calls."""

CHECK = "done"


def test_a_block_is_made_shown_and_called(lms):
    course = lms.course()
    unit = lms.unit(course)
    done = lms.add(unit, "done", align="left")
    ann = lms.learner("ann", course)
    assert "xblock-student_view-done" in lms.render(done, ann)
    response = lms.post(done, "toggle_button", {"done": True}, ann)
    assert response.status_code == 200, response.content
    assert response.json() == {"state": True}
    assert lms.block(done, ann).done is True
    assert lms.grades == [{"user_id": ann.id, "usage": done, "value": 1, "max_value": 1}]
    assert [each["name"] for each in lms.events] == ["edx.done.toggled"]


def test_a_unit_page_shows_its_blocks(lms):
    course = lms.course()
    unit = lms.unit(course)
    lms.add(unit, "html", data="<p>Hello, peers</p>")
    lms.add(unit, "done")
    page = lms.client(lms.learner("ann", course)).get(f"/xblock/{unit}")
    assert page.status_code == 200
    assert "<p>Hello, peers</p>" in page.content.decode()
    assert 'data-mark-completed-on-view-after-delay="5000"' in page.content.decode()


def test_a_course_survives_the_round_trip(lms):
    course = lms.course()
    unit = lms.unit(course)
    lms.add(unit, "html", block_id="t1", data="<p>é & ]]> \n x</p>")
    lms.add(unit, "done", align="right")
    first = lms.export(course)
    assert lms.import_(first, "course-v1:Test+CE1+again") == []
    assert lms.import_(first, course) == []
    assert lms.export(course) == first


def test_copies_have_ids_of_their_own(lms):
    unit = lms.unit(lms.course())
    done = lms.add(unit, "done", align="right")
    for copied in (lms.duplicate(done), lms.paste(done, unit), lms.duplicate(unit)):
        assert copied not in (done, unit)
