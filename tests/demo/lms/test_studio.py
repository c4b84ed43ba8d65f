"""Studio: previews, editors, saving, copying (xblock_anchors §5 item 6, lms_checked Q1, Q5, Q10)."""

from __future__ import annotations

import pytest
from opaque_keys.edx.keys import UsageKey

from peer_xblocks.demo.lms import store, studio
from peer_xblocks.demo.models import Block
from tests.demo.lms import probes

BOX = '<box url_name="b"><probe url_name="p1" content="one"/><html url_name="h">Hello</html></box>'


def saved(usage):
    return Block.objects.get(usage=usage).saves


def keys(block):
    return [child.block_id for child in block.children]


def test_author_view_is_the_preview_and_says_so(room):
    """`is_author_mode` exists in the preview alone."""
    probe = room.add()
    assert "<p>True</p>" in room.lms.render(probe, room.eve, "author_view")
    assert not hasattr(room.lms.block(probe, room.ann).runtime, "is_author_mode")


def test_a_block_without_author_view_shows_its_student_view(room):
    assert "DoneXBlock" in room.lms.render(room.add("done"), room.eve, "author_view")


@pytest.mark.parametrize(
    ("person", "status"),
    [("eve", 200), ("ann", 403), ("tom", 403), (None, 302)],
    ids=["author", "learner", "staff", "-"],
)
@pytest.mark.parametrize("where", ["", "/edit"])
def test_only_authors_see_a_block_in_studio(room, person, status, where):
    """lms_checked Q10: `studio_view` as a learner is a 403, a stranger is sent to sign in."""
    user = getattr(room, person) if person else None
    assert room.lms.client(user).get(f"/studio/xblock/{room.add()}{where}").status_code == status


def test_a_handler_in_studio_writes_content(room):
    probe = room.add(content="old")
    assert room.lms.studio_post(probe, "set", {"content": "new"}, room.eve).status_code == 200
    assert room.lms.block(probe, room.ann).content == "new"


def test_a_handler_in_studio_belongs_to_nobody(room):
    """lms_checked Q5: `scope_ids.user_id` is None there."""
    told = room.lms.studio_post(room.add(), "attributes", {}, room.eve).json()
    assert (told["bound"], told["edx-platform.user_id"]) == (None, room.eve.id)


def test_after_every_handler_the_block_is_saved_again(room):
    """lms_checked Q10: even if nothing changed."""
    probe = room.add()
    before = saved(probe)
    room.lms.studio_post(probe, "attributes", {}, room.eve)
    assert saved(probe) == before + 1


@pytest.mark.parametrize("person", ["ann", "tom"])
def test_studio_lets_anybody_call_a_handler_and_drops_their_fields(room, person):
    """lms_checked item 5, Q10: 200, own tables are written, the field is unchanged. Blocks must check themselves."""
    probe = room.add(content="kept")
    before = saved(probe)
    answer = room.lms.studio_post(probe, "set", {"content": "gone"}, getattr(room, person))
    assert answer.status_code == 200
    assert room.lms.block(probe, room.ann).content == "kept"
    assert saved(probe) == before


def test_a_stranger_is_sent_to_sign_in(room):
    """lms_checked Q10."""
    assert room.lms.studio_post(room.add(), "bump", {}).status_code == 302


def test_the_preview_reads_content_only(room):
    """lms_checked Q10: InvalidScopeError in `/preview/` handlers."""
    probe = room.add(content="kept")
    url = f"/studio/preview/xblock/{probe}/handler/set"
    client = room.lms.client(room.eve)
    assert client.post(url, '{"content": "gone"}', content_type="application/json").status_code == 500
    assert client.post(url, '{"count": 4}', content_type="application/json").status_code == 200
    assert room.lms.state(probe, room.eve) is None


def test_an_unknown_block_is_a_404(room):
    assert room.lms.studio_post("nothing", "bump", {}, room.eve).status_code == 404
    assert room.lms.studio_post(room.add(), "no_such_handler", {}, room.eve).status_code == 404


def test_the_editors_hooks_surround_the_saving(room, monkeypatch):
    """xblock_anchors §5 item 6: `editor_saved`, `post_editor_saved`."""
    called = []
    for name in ("editor_saved", "post_editor_saved"):
        monkeypatch.setattr(
            probes.Probe,
            name,
            lambda self, user, old, content, name=name: called.append((name, content["content"])),
            False,
        )
    probe = room.add(content="old")
    studio.edit(UsageKey.from_string(probe), {"content": "new"}, room.eve)
    assert called == [("editor_saved", "old"), ("post_editor_saved", "old")]
    assert room.lms.block(probe, room.ann).content == "new"


def test_an_unknown_field_is_an_error(room):
    with pytest.raises(KeyError):
        room.add(no_such_field=1)


def test_a_duplicate_stands_beside_with_fresh_ids_and_a_name(room):
    """lms_checked Q1: `Duplicate of 'Box'`, children come along, each with a fresh uuid, fields kept."""
    box = room.lms.add_olx(room.unit, BOX)
    room.add("html")
    made = room.lms.block(room.lms.duplicate(box), room.ann)
    children = made.get_children()
    assert made.display_name == "Duplicate of 'Box'"
    assert [child.scope_ids.block_type for child in children] == ["probe", "html"]
    assert children[0].content == "one"
    assert not {"b", "p1", "h"} & {made.usage_key.block_id, *keys(made)}
    unit = room.lms.block(room.unit, room.ann)
    assert [child.block_type for child in unit.children] == ["box", "box", "html"]


def test_the_hook_is_called_on_each_copy_while_it_has_no_children_yet(room):
    """lms_checked Q1: also when an ancestor is duplicated."""
    box = room.lms.add_olx(room.unit, BOX)
    room.lms.duplicate(box)
    room.lms.duplicate(room.unit)
    assert probes.hooks == [("duplicate", "b", 0), ("duplicate", "b", 0), *probes.hooks[2:]]
    assert len(probes.hooks) == 3


def test_a_paste_names_blocks_by_their_kind(room):
    """lms_checked Q1: ids `html1` …; the hook sees the old url_name and no children."""
    box = room.lms.add_olx(room.unit, BOX)
    other = room.lms.unit(room.course, "Module 2")
    pasted = room.lms.block(room.lms.paste(box, other), room.ann)
    assert pasted.usage_key.block_id == "box1"
    assert keys(pasted) == ["probe1", "html1"]
    assert [child.display_name for child in pasted.get_children()] == ["Probe", "Text"]
    assert probes.hooks == [("paste", "b", 0)]


def test_a_hook_that_made_the_children_is_believed(room, monkeypatch):
    """lms_checked Q1: True means "I made the children myself"."""
    for name in ("studio_post_duplicate", "studio_post_paste"):
        monkeypatch.setattr(probes.Box, name, lambda *_: True)
    box = room.lms.add_olx(room.unit, BOX)
    for made in (room.lms.duplicate(box), room.lms.paste(box, room.unit)):
        assert room.lms.block(made).children == []


def test_delete_takes_everything_below(room):
    box = room.lms.add_olx(room.unit, BOX)
    studio.delete(UsageKey.from_string(box))
    assert room.lms.block(room.unit).children == []
    assert not Block.objects.filter(usage__contains="p1").exists()


def test_children_are_put_in_another_order(room):
    first, second = (UsageKey.from_string(room.add("html")) for _ in range(2))
    unit = UsageKey.from_string(room.unit)
    studio.reorder(unit, [second, first])
    assert room.lms.block(room.unit).children == [second, first]


def test_a_course_is_read_once_for_each_version(room, django_assert_num_queries):
    key = UsageKey.from_string(room.unit).context_key
    store.snapshot(key)
    with django_assert_num_queries(1):
        store.snapshot(key)
