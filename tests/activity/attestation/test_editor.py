"""Authors set up a text in a form; OLX carries it as they wrote it."""

import pytest

from tests.activity.attestation.made import TEXT


def kept(stage):
    return stage.lms.block(stage.usage)


def test_what_the_author_wrote_is_kept(stage):
    response = stage.write(text=" New. ", version="", source="ethics", display_name="Ethics")
    assert [each["what"] for each in response.json()["faults"]] == ["It has no version."]
    block = kept(stage)
    assert (block.display_name, block.text, block.version, block.source) == ("Ethics", "New.", "", "ethics")


@pytest.mark.parametrize(
    "change",
    [
        {"display_name": " "},
        {"text": 7},
        {"text": "x" * 100_001},
        {"version": None},
        {"version": "x" * 65},
        {"source": "else"},
        {"source": []},
    ],
)
def test_what_cannot_be_kept_is_refused_and_changes_nothing(stage, change):
    response = stage.write(**change)
    assert response.status_code == 400
    assert response.json()["error"].endswith(".")
    assert kept(stage).text == TEXT


@pytest.mark.parametrize("handler", ["save_text", "lint"])
def test_only_authors_may_use_the_editor(stage, handler):
    tom = stage.lms.staff("tom", stage.course)
    for user in (stage.ann, tom):
        assert stage.lms.studio_post(stage.usage, handler, {"display_name": "x"}, user).status_code == 403


def test_the_author_sees_the_text_its_hash_and_what_to_mend(stage):
    page = stage.lms.render(stage.usage, view="author_view")
    assert "<em>private</em>" in page
    assert "Your own" in page
    stage.write(source="ethics", text="")
    assert "The office has not given its text yet" in stage.lms.render(stage.usage, view="author_view")


def test_the_text_is_an_element_that_people_can_read(stage):
    written = stage.lms.olx(stage.usage)
    assert f"<text>{TEXT}</text>" in written
    assert "text=" not in written


def test_what_a_learner_signed_is_never_exported(stage):
    stage.sign()
    assert "record" not in stage.lms.olx(stage.usage)


def test_a_text_indented_in_its_file_is_read_as_it_was_meant(stage):
    olx = '<peer_attestation source="ethics" version="2">\n  <text>\n    # One\n\n    Two.\n  </text>\n</peer_attestation>'
    block = stage.lms.block(stage.lms.add_olx(stage.unit, olx))
    assert block.shown().body == "# One\n\nTwo."
