"""Two devices on one part: whatever the order, no text is lost."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_xblocks.story.versions import KEEP_AFTER, Gone, Kept, Mark, Save, Version, settle

NOW = 1_777_000_000


def version(id=1, page="phone", seq=1, live=True, begun=NOW, text="words"):
    return Version(id, Mark(page, seq), live, begun, text)


def save(page="phone", seq=2, base=(), text="more words"):
    return Save(Mark(page, seq), tuple(Mark(*each) for each in base), text)


def test_the_first_save_is_a_new_row():
    assert settle([], save(seq=1), now=NOW) == Kept()


def test_a_page_goes_on_in_its_own_row():
    assert settle([version()], save(base=[("phone", 1)]), now=NOW) == Kept(into=1)


def test_after_ten_minutes_a_page_begins_a_version_so_that_the_old_one_can_be_brought_back():
    old = version(begun=NOW - KEEP_AFTER)
    assert settle([old], save(base=[("phone", 1)]), now=NOW) == Kept(over=(1,))


def test_a_save_that_was_heard_is_not_written_again():
    assert settle([version(seq=2)], save(seq=2), now=NOW).heard
    assert settle([version(seq=5)], save(seq=2), now=NOW).heard


def test_a_second_device_that_saw_the_first_goes_on_and_keeps_the_older_version():
    assert settle([version()], save("laptop", 1, [("phone", 1)]), now=NOW) == Kept(over=(1,))


def test_a_second_device_that_did_not_see_it_stands_beside_it():
    live = [version(seq=3)]
    assert settle(live, save("laptop", 1, [("phone", 2)]), now=NOW) == Kept()


def test_the_same_words_on_both_devices_are_one_version():
    assert settle([version(text="more words")], save("laptop", 1), now=NOW) == Kept(over=(1,))


def test_a_choice_between_two_versions_retires_what_was_seen():
    live = [version(1, "phone", 3), version(2, "laptop", 2)]
    assert settle(live, save("phone", 4, [("phone", 3), ("laptop", 2)]), now=NOW) == Kept(over=(1, 2))


def test_a_choice_never_retires_what_was_not_seen():
    live = [version(1, "phone", 3), version(2, "laptop", 9)]
    assert settle(live, save("phone", 4, [("phone", 3), ("laptop", 2)]), now=NOW) == Kept(into=1)


def test_a_text_that_no_key_opens_is_never_retired_by_another_page():
    assert settle([version(text=None)], save("laptop", 1, [("phone", 1)]), now=NOW) == Kept()


def test_a_page_that_knew_a_deleted_story_does_not_bring_it_back():
    with pytest.raises(Gone):
        settle([], save(base=[("phone", 1)]), now=NOW)


def test_a_draft_of_a_page_that_was_closed_goes_on_where_that_page_was():
    kept = settle([version(seq=1)], save("phone_1a", 3, [("phone", 3)]), now=NOW)
    assert kept == Kept(over=(1,))
    assert settle([], save("phone_1a", 3, [("phone", 3)]), now=NOW) == Kept()


class Part:
    """One part as the server holds it."""

    def __init__(self):
        self.rows = []
        self.ever = set()

    def take(self, sent):
        put = settle(self.rows, sent, now=NOW)
        if not put.heard:
            self.rows = [
                Version(each.id, each.mark, each.live and each.id not in put.over, each.begun, each.text)
                for each in self.rows
            ]
            new = Version(put.into or len(self.rows) + 1, sent.mark, True, NOW, sent.text)
            self.rows = [each for each in self.rows if each.id != put.into] + [new]
        return [each for each in self.rows if each.live]


class Device:
    """A page that types, sends, loses replies, and sees what comes back."""

    def __init__(self, name, part):
        self.name, self.part, self.seq, self.base, self.text = name, part, 0, (), ""
        self.number = itertools.count()

    def look(self):
        live = [each for each in self.part.rows if each.live]
        if live:
            self.base, self.text = (live[-1].mark,), live[-1].text

    def type(self):
        self.text = f"{self.text} {self.name}{next(self.number)}".strip()

    def send(self, *, lost):
        self.seq += 1
        live = self.part.take(Save(Mark(self.name, self.seq), self.base, self.text))
        if not lost:
            self.base = tuple(each.mark for each in live if each.mark == Mark(self.name, self.seq))


@settings(deadline=None, max_examples=300)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["type", "send", "lose", "look"])), max_size=40))
def test_what_the_server_took_is_in_some_version_whatever_happens(steps):
    part = Part()
    devices = {name: Device(name, part) for name in "abc"}
    sent = dict.fromkeys("abc", "")
    for name, what in steps:
        each = devices[name]
        if what == "type":
            each.type()
        elif what == "look":
            if sent[name] == each.text:
                each.look()
                sent[name] = each.text
        elif each.text:
            each.send(lost=what == "lose")
            sent[name] = each.text
        words = " ".join(row.text for row in part.rows)
        assert all(word in words.split() for text in sent.values() for word in text.split())
