"""A block survives export and import byte for byte, and no learner goes along."""

import pytest
from lxml import etree

from tests.conformance import bench
from tests.conformance.blocks import HOSTILE, author_lists, author_texts, learner_fields

pytestmark = pytest.mark.django_db


def exported(lms, usage, user=None):
    node = etree.Element("unknown_root")
    lms.block(usage, user).add_xml_to_node(node)
    node.attrib.pop("url_name", None)
    return etree.tostring(node)


def again(lms, unit, usage):
    node = etree.fromstring(exported(lms, usage))
    return bench.add(lms, unit, etree.tostring(node, encoding="unicode"))


def test_export_import_export_is_identical(lms, unit, usage):
    assert exported(lms, again(lms, unit, usage)) == exported(lms, usage)


@pytest.mark.parametrize("text", [HOSTILE, "line one\nline two\n\n  indented", "", "]]>", "é 漢字 עברית"])
def test_any_author_text_survives(lms, unit, usage, text):
    block = type(lms.block(usage))
    kept = dict.fromkeys(author_texts(block), text) | {
        name: [" ".join(text.split()), "b"] for name in author_lists(block) if text
    }
    bench.set_fields(lms, usage, **kept)
    first = exported(lms, usage)
    copy = again(lms, unit, usage)
    assert exported(lms, copy) == first
    found = lms.block(copy)
    assert {name: getattr(found, name) for name in kept} == kept


def test_no_learner_state_is_exported(lms, usage, ann):
    block = lms.block(usage, ann)
    for name in learner_fields(type(block)):
        setattr(block, name, "7" if name == "record" else 7)
    block.save()
    node = etree.Element("unknown_root")
    lms.block(usage, ann).add_xml_to_node(node)
    written = etree.tostring(node).decode()
    assert not [name for name in learner_fields(type(block)) if f'{name}="' in written or f"<{name}" in written]


def test_a_course_imports_and_exports_without_a_difference(lms, course, usage):
    first = lms.export(course)
    assert lms.import_(first, "course-v1:Test+CE2+2026") == []
    again = bench.files(lms.export("course-v1:Test+CE2+2026"))
    assert {name: body.replace(b"CE2", b"CE1") for name, body in again.items()} == bench.files(first)
