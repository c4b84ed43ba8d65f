"""Courses and blocks as OLX (lms_checked Q2, Q9), and what is refused."""

from __future__ import annotations

import gzip
import io
import tarfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opaque_keys.edx.keys import CourseKey

from peer_xblocks.demo.lms import archive, olx
from peer_xblocks.demo.models import Block, Course
from peer_xblocks.refusal import Refusal

COPY = "course-v1:Test+CE1+copy"
TEXT = "Two\nlines & an é, ]]> and <b>markup</b>\n  "
COURSE = b'<course url_name="r" org="o" course="c"/>'


def files(packed):
    return {name: data.decode() for name, data in archive.read(packed).items()}


def packed(entries):
    """An archive of these files as anybody could make one."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as tar:
        for name, data in entries.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return held.getvalue()


def course_with(unit):
    """An archive of a course with one unit file."""
    return packed({
        "course/course.xml": COURSE,
        "course/course/r.xml": b'<course><chapter url_name="a"/></course>',
        "course/chapter/a.xml": b'<chapter><sequential url_name="b"/></chapter>',
        "course/sequential/b.xml": b'<sequential><vertical url_name="v"/></sequential>',
        "course/vertical/v.xml": unit,
    })  # fmt: skip


class TestRoundTrip:
    def test_export_import_export_gives_the_same_bytes(self, room):
        """Q9: identical but for run names; twice imported, twice the same."""
        room.lms.add(room.unit, "html", block_id="h", data=TEXT)
        room.lms.add(room.unit, "probe", block_id="p", content="a & b", lines=["1", "<2>"], long=TEXT, table={"a": [1]})
        first = room.lms.export(room.course)
        assert room.lms.import_(first, COPY) == []
        assert room.lms.import_(room.lms.export(COPY), room.course) == []
        assert room.lms.export(room.course) == first

    def test_values_survive(self, room):
        room.lms.add(room.unit, "html", block_id="h", data=TEXT)
        room.lms.add(room.unit, "probe", block_id="p", content="a & b", lines=["1", "<2>"], long=TEXT, table={"a": [1]})
        room.lms.import_(room.lms.export(room.course), COPY)
        probe = room.lms.block("block-v1:Test+CE1+copy+type@probe+block@p")
        assert (probe.content, probe.lines, probe.long, probe.table) == ("a & b", ["1", "<2>"], TEXT, {"a": [1]})
        assert room.lms.block("block-v1:Test+CE1+copy+type@html+block@h").data == TEXT

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1),
        lines=st.lists(st.text('a" <&é\n')),
    )
    def test_any_text_survives(self, room, text, lines):
        """But for the empty one: XBlock reads an empty element as None."""
        made = room.lms.add(room.unit, "probe", long=text, lines=lines)
        again = room.lms.block(room.lms.paste(made, room.unit))
        assert (again.long, again.lines) == (text, lines)

    def test_our_blocks_stand_inside_their_units_file_with_their_name(self, room):
        """Q9: containers, html and video have files of their own."""
        room.lms.add(room.unit, "html", block_id="h", data="<p>Hi</p>")
        room.lms.add(room.unit, "probe", block_id="p")
        laid_out = files(room.lms.export(room.course))
        unit = next(text for name, text in laid_out.items() if name.startswith("vertical/"))
        assert '<html url_name="h"/>' in unit
        assert '<probe url_name="p" xblock-family="xblock.v1"/>' in unit
        assert laid_out["html/h.html"] == "<p>Hi</p>"
        assert {
            "course.xml",
            "course/2026.xml",
            "policies/2026/policy.json",
            "policies/2026/grading_policy.json",
        } <= set(laid_out)

    def test_long_text_is_an_element(self, room):
        """Q9: `String(xml_node=True)` in the option namespace; any prefix is read."""
        probe = room.add(long="Words")
        assert "http://code.edx.org/xblock/option" in room.lms.olx(probe)
        other = room.lms.add_olx(
            room.unit, '<probe xmlns:q="http://code.edx.org/xblock/option"><q:long>Words</q:long></probe>'
        )
        assert room.lms.block(other).long == "Words"

    def test_learner_state_is_never_exported(self, room):
        probe = room.add()
        room.lms.post(probe, "bump", {}, room.ann)
        assert "count" not in room.lms.olx(probe)

    def test_children_of_a_block_that_is_no_container_of_the_platform_are_inline(self, room):
        box = room.lms.add_olx(room.unit, '<box url_name="b"><probe url_name="p"/></box>')
        assert '<box url_name="b"' in room.lms.olx(box)
        room.lms.import_(room.lms.export(room.course), COPY)
        assert len(room.lms.block("block-v1:Test+CE1+copy+type@box+block@b").children) == 1

    def test_unknown_attributes_are_dropped_with_a_warning(self, room, caplog):
        """Q9: an older version of us loses newer fields."""
        probe = room.lms.add_olx(room.unit, '<probe url_name="p" newer="1"/>')
        assert "does not contain field newer" in caplog.text
        assert "newer" not in room.lms.olx(probe)

    def test_a_block_without_a_name_gets_one_from_its_content(self, room):
        one, two = (room.lms.add_olx(room.unit, f'<probe content="{text}"/>') for text in "ab")
        assert one != two

    def test_settings_of_the_course_come_from_its_policy(self, room):
        given = packed({
            "course.xml": COURSE,
            "course/r.xml": b'<course display_name="Old"/>',
            "policies/r/policy.json": b'{"course/r": {"display_name": "New", "advanced_modules": ["probe"], "x": 1}}',
            "policies/r/grading_policy.json": b'{"GRADER": []}',
        })  # fmt: skip
        assert room.lms.import_(given, COPY) == []
        course = room.lms.block("block-v1:Test+CE1+copy+type@course+block@course")
        assert (course.display_name, course.advanced_modules) == ("New", ["probe"])
        assert course.grading_policy == {"GRADER": []}


class TestDropped:
    def test_a_block_that_is_not_installed_is_dropped_with_a_sentence(self, room):
        """Q2: Studio drops it and carries on."""
        said = room.lms.import_(course_with(b'<vertical><nothing url_name="n"/><probe url_name="p"/></vertical>'), COPY)
        assert said == ["nothing “n” was left out: no block of this kind is installed."]
        unit = room.lms.block("block-v1:Test+CE1+copy+type@vertical+block@v")
        assert [child.block_id for child in unit.children] == ["p"]

    def test_a_block_whose_class_does_not_load_is_dropped(self, room, monkeypatch):
        """Q2: a model of an app that is not installed raises RuntimeError."""

        def load(*_):
            raise RuntimeError("Model class x.models.Row doesn't declare an explicit app_label")

        monkeypatch.setattr("peer_xblocks.demo.lms.olx.XBlock.load_class", load)
        said = room.lms.import_(
            course_with(b'<vertical><probe url_name="p"/><html url_name="h">x</html></vertical>'), COPY
        )
        assert len(said) == 1

    def test_a_name_used_twice_is_kept_once(self, room):
        said = room.lms.import_(course_with(b'<vertical><probe url_name="p"/><probe url_name="p"/></vertical>'), COPY)
        assert said == ["probe “p” was left out: its name is used twice."]

    def test_a_block_that_cannot_read_its_element_is_dropped(self, room):
        said = room.lms.import_(
            course_with(b'<vertical><marked url_name="p" attempts="many" lines="{"/></vertical>'), COPY
        )
        assert len(said) == 1

    def test_with_a_block_goes_what_it_held(self, room):
        unit = b'<vertical><box url_name="b" tags="{"><probe url_name="p"/></box></vertical>'
        assert len(room.lms.import_(course_with(unit), COPY)) == 1
        assert not Block.objects.filter(usage__contains="+type@probe").exists()

    @pytest.mark.parametrize("name", ["a b", "x" * 200, "é/../x"])
    def test_a_name_that_is_no_name_is_left_out(self, room, name):
        said = room.lms.import_(course_with(f'<vertical><probe url_name="{name}"/></vertical>'.encode()), COPY)
        assert said == [
            f"probe “{name[:80]}” was left out: its name is too long or holds characters that no name may have."
        ]


def chain(links):
    """Files that point to each other in one long line."""
    files = {f"box/{n}.xml": f'<box><box url_name="{n + 1}"/></box>'.encode() for n in range(links)}
    return packed({"course.xml": COURSE, "course/r.xml": b'<course><box url_name="0"/></course>', **files})


def bomb():
    return gzip.compress(b"\0" * (archive.MOST_BYTES + 1024 * 1024), 1)


def deep(levels):
    return b"<vertical>" + b"<box>" * levels + b"</box>" * levels + b"</vertical>"


def linked():
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as tar:
        entry = tarfile.TarInfo("course/course.xml")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(entry)
    return held.getvalue()


ENTITY = b'<!DOCTYPE v [<!ENTITY x SYSTEM "file:///etc/passwd">]><vertical><html url_name="h">&x;</html></vertical>'
LAUGHS = b'<!DOCTYPE v [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><vertical><html url_name="h">&b;</html></vertical>'

HOSTILE = {
    "not an archive": lambda: b"hello",
    "nothing": lambda: b"",
    "cut short": lambda: packed({"course.xml": COURSE})[:40],
    "no course": lambda: packed({"readme.txt": b"hi"}),
    "not a course": lambda: packed({"course.xml": b"<html/>"}),
    "not xml": lambda: packed({"course.xml": b"course"}),
    "path that leads out": lambda: packed({"course.xml": COURSE, "../../evil": b"x"}),
    "absolute path": lambda: packed({"course.xml": COURSE, "/etc/evil": b"x"}),
    "a link": linked,
    "an outside entity": lambda: course_with(ENTITY),
    "entities in entities": lambda: course_with(LAUGHS),
    "10 MB of XML": lambda: course_with(b"<vertical>" + b" " * 10_000_000 + b"</vertical>"),
    "depth 10,000": lambda: course_with(deep(10_000)),
    "a long chain of files": lambda: chain(3_000),
    "policies that are no JSON": lambda: packed({"course.xml": COURSE, "policies/r/policy.json": b"["}),
    "policies that are a list": lambda: packed({"course.xml": COURSE, "policies/r/policy.json": b"[]"}),
    "deep policies": lambda: packed({"course.xml": COURSE, "policies/r/policy.json": b"[" * 100_000}),
    "a bomb": bomb,
    "too many files": lambda: packed(
        {"course.xml": COURSE, **{f"f{number}": b"" for number in range(archive.MOST_FILES)}}
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_archive_is_refused_in_one_sentence_and_changes_nothing(room, kind):
    before = set(Course.objects.values_list("key", "version")), Block.objects.count()
    with pytest.raises(Refusal) as refused:
        room.lms.import_(HOSTILE[kind](), room.course)
    assert refused.value.sentence.endswith(".")
    assert 400 <= refused.value.status < 500
    assert (set(Course.objects.values_list("key", "version")), Block.objects.count()) == before


def test_too_large_an_archive_is_refused_unread():
    with pytest.raises(Refusal):
        archive.read(b"\0" * (archive.MOST_PACKED + 1))


def test_an_unknown_course_cannot_be_exported(lms):
    with pytest.raises(Refusal):
        olx.export(CourseKey.from_string("course-v1:No+Such+Run"))


@pytest.mark.parametrize("xml", ["<vertical", "<nothing/>", "<!DOCTYPE p []><probe/>"])
def test_an_element_that_is_no_block_is_refused(room, xml):
    with pytest.raises(Refusal):
        room.lms.add_olx(room.unit, xml)
