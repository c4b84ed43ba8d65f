"""A completion as a registry reads it."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.certification import report
from peer_xblocks.certification.requirements import Asked, Check, Credit, Module, Standing
from peer_xblocks.wire import completion
from peer_xblocks.wire.canonical import canonical

LEARNER = UUID("6f1f6f0e-6b0f-4b37-9a53-0f4f8a3f9d11")
COURSE = "course-v1:Test+CE1+2026"
ASKED = Asked(
    (Module("C1", "One", "m1", "u1", "s1", 1800), Module("C2", "Two", "m2", "u3", "s2", 1800)),
    (Check("Check one", "k1", "u2", "s1"),),
)
STANDING = Standing({"C1": Credit(1795, 5), "C2": Credit(1800)}, {"k1": 1772388000})
AT = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)
DONE = report.Done(completion.key("alabama", COURSE, str(LEARNER), "ce", "1"), 1, True, AT, LEARNER, "ce", "1")
ABOUT = report.Course(COURSE, "Boundaries", "abc123", "", "ethics", "Office")
SITE = report.Site("site", "alabama", False)


def finished(done=DONE, about=ABOUT, asked=ASKED, standing=STANDING, **changed):
    drafted = report.draft(done, about, SITE, asked, standing)
    given = {"name": "Ana Ruiz", "email_hash": "ab" * 32, "issuer": "site", "now": AT, **changed}
    return report.finished(drafted, **given)


def test_a_finished_report_may_travel():
    completion.check(finished())


def test_rounding_never_takes_a_minute_that_was_credited():
    """29 min 55 s observed and 5 s attested are 30 minutes, though the parts round down to 29 and 0."""
    found = finished()["minutes"]
    assert found["credited"] == found["required"] == 60
    assert (found["by_module"][0]["credited"], found["by_module"][0]["self_paced"]) == (30, 29)


def test_the_draft_holds_nothing_that_names_the_person():
    assert report.draft(DONE, ABOUT, SITE, ASKED, STANDING)["learner"] == {
        "uuid": str(LEARNER),
        "name": "",
        "email_hash": "",
    }


def test_checks_carry_their_module_and_time_and_no_score():
    assert finished()["checks"] == [{"title": "Check one", "module": "C1", "passed_at": "2026-03-01T18:00:00Z"}]


def test_a_correction_names_what_it_replaces():
    found = finished(replace(DONE, version=2, stands=False))
    assert found["supersedes"] == DONE.key + "_v1"
    assert not found["stands"]


def test_a_report_without_a_name_is_not_finished():
    with pytest.raises(completion.ReportRefused, match=r"learner\.name"):
        finished(name="")


def test_long_titles_are_cut_so_that_a_report_stays_small():
    modules = tuple(replace(ASKED.modules[0], id=f"C{n}", title="Title " * 60) for n in range(30))
    found = finished(asked=Asked(modules), about=replace(ABOUT, title="Course " * 100))
    assert len(canonical(found)) < completion.MOST_BYTES


@given(st.tuples(*[st.integers(0, 4000)] * 4))
def test_no_module_reports_more_than_it_asks_for(parts):
    module = Module("C1", "One", "m1", "u1", "s1", 1800, live=600)
    found = report.minutes(Asked((module,)), Standing({"C1": Credit(*parts)}, {}))
    assert found["credited"] <= found["required"] == 40
    assert found["self_paced"] + found["offline_attested"] <= 30
    assert found["live"] + found["make_up"] <= 10
