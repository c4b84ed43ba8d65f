"""Killed in a save, a full disk, keys rotated or gone, many at once: refused in a sentence, and no text is lost."""

import json
import signal
import subprocess
import sys
import threading

import pytest
from django.db import OperationalError, connection

from peer_xblocks.story.models import Passage
from peer_xblocks.vault import new_key
from tests.story.conftest import MARKER


def keyed(settings, *keys):
    settings.PEER_XBLOCKS = {**settings.PEER_XBLOCKS, "VAULT_KEYS": list(keys)}


@pytest.fixture
def victim(tmp_path):
    """Runs `tests.story.victim` on a fresh SQLite file; answers (exit status, what it said)."""
    key = new_key()

    def run(*words, keys=key):
        command = [sys.executable, "-m", "tests.story.victim", str(tmp_path / "s.sqlite3"), keys, *map(str, words)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        lines = done.stdout.strip().splitlines()
        return done.returncode, json.loads(lines[-1]) if lines else done.stderr[-2000:]

    return run


def test_a_kill_in_a_save_leaves_the_words_before_it_and_takes_the_save_when_it_comes_again(victim):
    assert victim("keep", "first", 1) == (0, {"texts": ["first"], "error": ""})
    assert victim("die", "first and second", 2)[0] == -signal.SIGKILL
    assert victim("keep", "first and second", 2) == (0, {"texts": ["first and second"], "error": ""})


def test_a_full_disk_refuses_and_leaves_the_words_before_it(victim):
    assert victim("keep", "first", 1)[0] == 0
    status, said = victim("full", "much more " * 3000, 2)
    assert status == 0
    assert "full" in said["error"]
    assert said["texts"] == ["first"]


@pytest.mark.django_db
def test_a_full_disk_is_said_in_a_sentence_that_keeps_the_text_on_the_page(ann, monkeypatch):
    ann.write("first")

    def full(*_args, **_more):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr("peer_xblocks.story.passages.seal", full)
    answer = ann.write("second")
    assert answer.status_code == 503
    assert "could not save" in answer.json()["error"]
    assert [each["text"] for each in ann.look()["parts"]["open"]] == ["first"]


@pytest.mark.django_db
def test_after_a_rotation_old_words_open_and_new_ones_rest_under_the_new_key(ann, settings):
    old, new = new_key(), new_key()
    keyed(settings, old)
    ann.write("old words")
    keyed(settings, new, old)
    assert ann.look()["parts"]["open"][0]["text"] == "old words"
    ann.write("new words")
    keyed(settings, new)
    assert ann.look()["parts"]["open"][0]["text"] == "new words"


@pytest.mark.django_db
@pytest.mark.parametrize("keys", [(), ("not a key",)], ids=["none", "broken"])
def test_without_a_key_a_save_is_refused_and_what_is_stored_waits_locked(ann, settings, keys):
    good = new_key()
    keyed(settings, good)
    ann.write("first words")
    keyed(settings, *keys)
    answer = ann.write("second words")
    assert answer.status_code == 503
    assert "It is kept on this device" in answer.json()["error"]
    assert [each["text"] for each in ann.look()["parts"]["open"]] == [None]
    assert (
        ann.ask("rehearsed", kind="talk", seconds={"open": 1}, words={"open": 1}, client_id="r" * 16).status_code == 503
    )
    keyed(settings, good)
    assert [each["text"] for each in ann.look()["parts"]["open"]] == ["first words"]


@pytest.mark.django_db
def test_words_under_a_lost_key_are_never_written_over(stage, ann, settings):
    lost, new = new_key(), new_key()
    keyed(settings, lost)
    ann.write("words of before")
    keyed(settings, new)
    later = stage.writer()
    later.look()
    later.write("words of after")
    later.write("words of after, more")
    assert [each["text"] for each in ann.look()["parts"]["open"]] == [None, "words of after, more"]
    keyed(settings, new, lost)
    assert [each["text"] for each in ann.look()["parts"]["open"]] == ["words of before", "words of after, more"]


@pytest.mark.django_db
def test_without_a_key_a_story_can_still_be_marked_done_and_deleted(stage, ann, settings):
    ann.write("words")
    keyed(settings)
    assert ann.ask("finish").status_code == 200
    assert ann.ask("delete_story").status_code == 200
    assert Passage.objects.count() == 0


@pytest.mark.django_db
def test_a_paste_of_200_000_characters_is_refused_with_what_to_do(ann):
    ann.write("short")
    answer = ann.write("🌱 x " * 50_000)
    assert answer.status_code == 413
    assert answer.json()["error"].endswith(".")
    assert [each["text"] for each in ann.look()["parts"]["open"]] == ["short"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "🌱🧡👩🏽‍🦽 émigré",
        "مرحبا \u202eبكم",
        "<script>alert(1)</script>",
        "a\x00b",
        "\ud83d",
        "…\u2028x",
        "' ; drop table x; --",
    ],
    ids=ascii,
)
def test_any_text_comes_back_and_nothing_breaks(stage, ann, text):
    assert ann.write(text).status_code == 200
    expected = "".join(each for each in text if each not in "\x00\ud83d")
    assert ann.look()["parts"]["open"][0]["text"] == expected
    for name in ("cards", "notes"):
        assert stage.lms.client(stage.ann).get(f"/peer_xblocks/story/{name}/{stage.usage}").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_eight_devices_at_once_lose_no_text(stage):
    stage.writer().write("where all begin")
    writers = [stage.writer() for _ in range(8)]
    gate, faults = threading.Barrier(8), []

    def run(number, writer):
        try:
            gate.wait(10)
            for turn in range(3):
                answer = writer.write(f"{MARKER} {number} {turn}")
                assert answer.status_code == 200, answer.content
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(writers)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert faults == []
    live = {each["text"] for each in stage.writer().look()["parts"]["open"]}
    assert live == {"where all begin", *(f"{MARKER} {number} 2" for number in range(8))}
