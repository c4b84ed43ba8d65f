"""Files of a course: kept through export and import, linked from pages, served apart from the site."""

from __future__ import annotations

import io
import re
import tarfile
from datetime import date

import pytest
from opaque_keys.edx.keys import CourseKey

from peer_xblocks.course import build
from peer_xblocks.demo.lms import archive, assets
from peer_xblocks.demo.models import Asset, Block, Course
from peer_xblocks.refusal import Refusal

COPY = "course-v1:Test+CE1+copy"
HANDOUT = b"<!doctype html><title>Hand-out</title><p>One page \xc3\xa9</p>"
FILES = {
    "static/hand-out.html": HANDOUT,
    "static/pictures/a b.png": b"\x89PNG\r\n\x1a\n\x00",
    "static/empty.txt": b"",
    "about/overview.html": b"<p>About</p>",
}


def address(name, course="Test+CE1+copy"):
    return f"/asset-v1:{course}+type@asset+block@{name}"


def course_of(files):
    """An archive of a course that holds nothing but files."""
    return archive.write({"course.xml": b'<course url_name="r"/>', "course/r.xml": b"<course/>", **files})


def raw(name, data=b"x"):
    """An archive with one file under a name that our own writer would never give."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz", format=tarfile.PAX_FORMAT) as tar:
        for path, text in {"course/course.xml": b'<course url_name="r"/>', name: data}.items():
            entry = tarfile.TarInfo(path)
            entry.size = len(text)
            tar.addfile(entry, io.BytesIO(text))
    return held.getvalue()


@pytest.fixture
def get(room):
    """A browser of somebody, in a course that holds the files."""
    room.lms.import_(course_of(FILES), COPY)
    room.lms.learner("ann", COPY)
    room.lms.staff("tom", COPY)
    return lambda name, user=room.ann, course="Test+CE1+copy": room.lms.client(user).get(address(name, course))


class TestRoundTrip:
    def test_export_import_export_gives_the_same_bytes(self, room):
        room.lms.import_(course_of(FILES), room.course)
        first = room.lms.export(room.course)
        assert room.lms.import_(first, COPY) == []
        assert room.lms.import_(room.lms.export(COPY), room.course) == []
        assert room.lms.export(room.course) == first
        assert archive.read(first).items() >= FILES.items()

    def test_a_new_import_takes_the_place_of_the_earlier_files(self, room):
        room.lms.import_(course_of(FILES), COPY)
        room.lms.import_(course_of({"static/new.txt": b"new"}), COPY)
        assert assets.of(CourseKey.from_string(COPY)) == {"static/new.txt": b"new"}

    def test_what_computers_leave_behind_is_passed_over(self, room):
        litter = {"static/.DS_Store": b"x", "static/sub/._a.png": b"x", "about/overview.html~": b"x"}
        assert room.lms.import_(course_of(litter), COPY) == []
        assert not Asset.objects.exists()

    def test_of_two_files_with_one_address_the_first_is_kept(self, room):
        said = room.lms.import_(course_of({"static/a b.png": b"1", "static/a_b.png": b"2"}), COPY)
        assert said == [
            "static/a_b.png was left out: its address would be that of static/a b.png. Give it another name."
        ]
        assert assets.of(CourseKey.from_string(COPY)) == {"static/a b.png": b"1"}


HOSTILE = {
    "a path that leads out": lambda: raw("course/static/../x"),
    "a path that leads out of the archive": lambda: raw("../x"),
    "an absolute path": lambda: raw("/static/x"),
    "a path of another system": lambda: raw("course/static/..\\x"),
    "a line break": lambda: raw("course/static/a\nb"),
    "a name that turns around": lambda: raw("course/static/\u202egnp.html"),
    "a name that is no text": lambda: raw("course/static/\udcff"),
    "a long name": lambda: raw(f"course/static/{'x' * assets.MOST_PATH}"),
    "a large file": lambda: raw("course/static/x", b"\0" * (assets.MOST_BYTES + 1)),
    "too much together": lambda: course_of(
        {f"static/{n}": b"\0" * assets.MOST_BYTES for n in range(assets.MOST_TOGETHER // assets.MOST_BYTES + 1)}
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files_are_refused_in_one_sentence_and_change_nothing(room, kind):
    room.lms.import_(course_of(FILES), COPY)
    before = set(Course.objects.values_list("key", "version")), set(Asset.objects.values_list("path"))
    with pytest.raises(Refusal) as refused:
        room.lms.import_(HOSTILE[kind](), COPY)
    assert refused.value.sentence.endswith(".") and refused.value.sentence.isprintable()
    assert 400 <= refused.value.status < 500
    assert (set(Course.objects.values_list("key", "version")), set(Asset.objects.values_list("path"))) == before


class TestAddresses:
    @pytest.mark.parametrize(
        ("written", "name"),
        [
            ("hand-out.html", "hand-out.html"),
            ("pictures/a b.png", "pictures_a_b.png"),
            ("pictures/a%20b.png", "pictures_a_b.png"),
            ("e\u0301.png", "é.png"),
            ("../x", ".._x"),
            ("100%.png", "100_.png"),
            ("a<b>&c.png", "a_b__c.png"),
        ],
    )
    def test_a_name_becomes_the_address_that_the_platform_gives_it(self, written, name):
        assert assets.address(CourseKey.from_string(COPY), written) == address(name)

    @pytest.mark.parametrize("view", ["student_view", "author_view"])
    def test_a_text_links_to_the_file(self, room, view):
        text = room.add("html", data='<a href="/static/hand-out.html#top" target="_blank">Hand-out</a>')
        shown = room.lms.render(text, room.eve if view == "author_view" else room.ann, view)
        assert f'href="{address("hand-out.html", "Test+CE1+2026")}#top"' in shown

    def test_without_the_service_a_text_stays_as_it_was_written(self, room):
        text = room.add("html", data='<a href="/static/hand-out.html">Hand-out</a>')
        with room.lms.without("replace_urls"):
            assert 'href="/static/hand-out.html"' in room.lms.render(text, room.ann)

    def test_what_the_author_wrote_is_exported(self, room):
        text = room.add("html", data='<a href="/static/hand-out.html">Hand-out</a>')
        assert 'href="/static/hand-out.html"' in room.lms.block(text).data


class TestServing:
    def test_a_learner_gets_the_file_as_it_was_given(self, get):
        given = get("hand-out.html")
        assert (given.status_code, given.content) == (200, HANDOUT)
        assert given["Content-Type"] == "text/html; charset=utf-8"
        assert get("pictures_a_b.png")["Content-Type"] == "image/png"

    def test_it_opens_to_who_may_see_the_course_alone(self, get, room):
        stranger = room.lms.user("sam")
        assert [get("hand-out.html", who).status_code for who in (room.tom, stranger, None)] == [200, 404, 404]
        Course.objects.filter(key=COPY).update(public=True)
        assert [get("hand-out.html", who).status_code for who in (stranger, None)] == [200, 200]

    @pytest.mark.parametrize(
        "name",
        ["gone.html", "overview.html", "../about/overview.html", "..%2fabout%2foverview.html", ".._about_overview.html"]
        + ["%00", "a@b", "hand-out.html/", "hand-out.html@draft"],
    )
    def test_nothing_else_is_served(self, get, name):
        assert get(name).status_code == 404

    @pytest.mark.parametrize("course", ["No+Such+Run", "Test+CE1+2026", "Test+CE1+copy+branch@draft"])
    def test_a_file_belongs_to_its_course(self, get, course):
        assert get("hand-out.html", course=course).status_code == 404

    def test_what_is_not_there_is_said_in_words(self, get, settings):
        settings.ROOT_URLCONF = "peer_xblocks.demo.site.root"
        given = get("gone.html")
        assert given.status_code == 404 and "There is no such page" in given.content.decode()

    def test_it_is_read_only(self, get, room):
        assert room.lms.client(room.ann).post(address("hand-out.html")).status_code == 405


class TestApart:
    @pytest.mark.parametrize("name", ["a.html", "A.HTM", "a.xhtml", "a.svg", "a.xml", "a.png", "a.txt", "a", "a.html."])
    def test_a_file_opened_as_a_page_has_no_script_and_no_part_in_the_site(self, name):
        told = assets.headers(name)
        rules = told["Content-Security-Policy"].split("; ")
        assert rules[0].startswith("sandbox") and "default-src 'none'" in rules
        assert not any(word in told["Content-Security-Policy"] for word in ("allow-scripts", "allow-same-origin"))
        assert told["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize("name", ["a.js", "a.mjs", "a.JS"])
    def test_a_script_is_a_text(self, name):
        """With `nosniff` no page and no worker of the site can run it."""
        assert assets.headers(name)["Content-Type"] == "text/plain; charset=utf-8"

    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("a.pdf", "application/pdf"),
            ("a.mp4", "video/mp4"),
            ("a.vtt", "text/vtt; charset=utf-8"),
            ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            ("a.svgz", "application/octet-stream"),
            ("a.tar.gz", "application/octet-stream"),
            ("a", "application/octet-stream"),
        ],
    )
    def test_every_file_says_of_what_kind_it_is(self, name, kind):
        assert assets.headers(name)["Content-Type"] == kind
        assert assets.headers(name)["X-Content-Type-Options"] == "nosniff"

    def test_a_pdf_opens_in_the_browser(self):
        assert "Content-Security-Policy" not in assets.headers("a.pdf")


LINK = re.compile(r'href="([^"]*handout[^"]*)"')


def test_the_hand_out_of_our_course_opens_from_every_page_that_links_to_it(room):
    course = "course-v1:Test+CE-BND+r"
    room.lms.import_(build.archive("ce/boundaries", date(2026, 11, 1), "r"), course)
    ann = room.lms.learner("ann", course)
    texts = Block.objects.filter(course_id=course, type="html", fields__contains="handout").values_list(
        "usage", flat=True
    )
    links = [link for text in texts for link in LINK.findall(room.lms.render(text, ann))]
    assert len(links) == len(texts) == 2
    assert all(b"Hold the line with care" in room.lms.client(ann).get(link).content for link in links)
