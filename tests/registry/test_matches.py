"""Whose completion it is: joined, taken apart, claimed by a code; every step a row that stays."""

from __future__ import annotations

import uuid

import pytest

from peer_xblocks.refusal import Clash, NotAllowed, NotThere, Refusal
from peer_xblocks.registry import matches, practitioners
from peer_xblocks.registry.models import Alert, Entry, Join, LinkCode, Practitioner

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(client, site):
    """A report about Ann Example that waits."""
    site.post(client, site.report())
    return Entry.objects.get()


@pytest.fixture
def gwen(people):
    return people["gwen"]


@pytest.fixture
def ann(people) -> Practitioner:
    return people["ann"].practitioner


@pytest.fixture
def bob(people) -> Practitioner:
    return people["bob"].practitioner


def now(entry: Entry) -> Entry:
    return Entry.objects.get(pk=entry.pk)


def story(entry: Entry) -> list[tuple[str, int | None]]:
    return list(entry.joins.order_by("pk").values_list("how", "practitioner_id"))


def test_a_report_about_somebody_unknown_waits(entry):
    assert entry.state == "waiting"


def test_the_registrar_joins_it_and_takes_it_apart_and_both_stay(entry, ann, gwen):
    matches.join(entry.pk, ann, by=gwen)
    assert now(entry).practitioner == ann
    matches.part(entry.pk, "the other Ann", by=gwen)
    assert now(entry).state == "waiting"
    assert story(entry) == [("registrar", ann.pk), ("apart", None)]


def test_joining_twice_is_joining_once(entry, ann, gwen):
    matches.join(entry.pk, ann, by=gwen)
    matches.join(entry.pk, ann, by=gwen)
    assert len(story(entry)) == 1


def test_what_belongs_to_one_person_is_not_given_to_another(entry, ann, bob, gwen):
    matches.join(entry.pk, ann, by=gwen)
    with pytest.raises(Clash, match="apart first"):
        matches.join(entry.pk, bob, by=gwen)
    assert now(entry).practitioner == ann


def test_taking_apart_needs_a_reason_and_something_joined(entry, ann, gwen):
    with pytest.raises(Clash):
        matches.part(entry.pk, "why not", by=gwen)
    matches.join(entry.pk, ann, by=gwen)
    with pytest.raises(Refusal, match="why"):
        matches.part(entry.pk, "  ", by=gwen)


def test_nobody_decides_about_their_own_record(entry, ann, people):
    with pytest.raises(NotAllowed):
        matches.join(entry.pk, ann, by=people["ann"])
    matches.join(entry.pk, ann, by=people["gwen"])
    with pytest.raises(NotAllowed):
        matches.part(entry.pk, "mine", by=people["ann"])
    with pytest.raises(NotAllowed):
        practitioners.decide(ann, "certified", "I say so", by=people["ann"])


def test_somebody_new_gets_a_record_under_the_name_of_the_report(entry, gwen):
    made = matches.open_record(entry.pk, by=gwen)
    assert made.name == "Ann Example"
    assert now(entry).practitioner == made
    with pytest.raises(Clash):
        matches.open_record(entry.pk, by=gwen)


def test_a_person_with_the_same_name_is_suggested_and_not_joined(entry, ann):
    assert [(each.practitioner, each.why) for each in matches.suggestions(entry)] == [(ann, "same name")]
    assert entry.practitioner is None


def test_a_person_with_the_same_address_is_suggested_first(client, site, entry, bob, gwen):
    matches.join(entry.pk, bob, by=gwen)
    site.post(client, site.report(learner__uuid=str(uuid.UUID(int=9)), learner__name="A. Example"))
    other = Entry.objects.latest("pk")
    assert [(each.practitioner, each.why) for each in matches.suggestions(other)] == [(bob, "same e-mail address")]


def test_the_next_report_of_an_account_that_was_joined_is_joined_too(client, site, entry, ann, gwen):
    matches.join(entry.pk, ann, by=gwen)
    site.post(client, site.report(cycle="2028"))
    later = Entry.objects.latest("pk")
    assert story(later) == [("account", ann.pk)]
    matches.part(later.pk, "not hers", by=gwen)
    site.post(client, site.report(cycle="2030"))
    assert Entry.objects.latest("pk").state == "waiting"


def test_an_account_at_another_site_is_another_account(client, site, registry, entry, ann, gwen):
    from tests.registry.reports import Site

    other = Site(issuer="other.example.org")
    registry["SENDERS"][other.issuer] = [other.key.public.text]
    matches.join(entry.pk, ann, by=gwen)
    other.post(client, other.report())
    assert Entry.objects.latest("pk").state == "waiting"


def test_a_correction_stays_with_its_person_and_a_withdrawal_raises_an_alert(client, site, entry, ann, gwen):
    matches.join(entry.pk, ann, by=gwen)
    site.post(client, site.report(version=2, minutes__credited=70))
    assert (now(entry).practitioner, now(entry).minutes) == (ann, 70)
    site.post(client, site.report(version=3, stands=False))
    assert now(entry).state == "withdrawn"
    assert Alert.objects.get().kind == "withdrawn"


class TestLinkCode:
    def claim(self, code, people, who="bob"):
        return matches.claim(code, people[who].practitioner, by=people[who], place="p")

    def test_it_joins_the_report_to_who_types_it(self, entry, gwen, bob, people):
        code = matches.issue_code(entry.pk, by=gwen)
        self.claim(code, people)
        assert story(entry) == [("code", bob.pk)]

    def test_it_has_ten_letters_and_stands_nowhere(self, entry, gwen):
        code = matches.issue_code(entry.pk, by=gwen)
        assert len(code.replace("-", "")) == 10
        assert code.replace("-", "") not in repr(LinkCode.objects.values())

    @pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code} "])
    def test_it_may_be_typed_as_people_type(self, entry, gwen, people, typed):
        self.claim(typed(matches.issue_code(entry.pk, by=gwen)), people)
        assert now(entry).state == "joined"

    def test_it_works_once(self, entry, gwen, people):
        code = matches.issue_code(entry.pk, by=gwen)
        self.claim(code, people)
        matches.part(entry.pk, "wrong person", by=gwen)
        with pytest.raises(Refusal, match="does not work"):
            self.claim(code, people, "ann")

    def test_it_ends_after_two_weeks(self, moment, entry, gwen, people):
        code = matches.issue_code(entry.pk, by=gwen)
        moment.forward(14 * 86_400)
        with pytest.raises(Refusal, match="does not work"):
            self.claim(code, people)

    def test_a_new_one_ends_the_one_before(self, entry, gwen, people):
        first, second = matches.issue_code(entry.pk, by=gwen), matches.issue_code(entry.pk, by=gwen)
        with pytest.raises(Refusal):
            self.claim(first, people)
        self.claim(second, people)

    def test_it_is_no_use_once_the_report_is_joined(self, entry, gwen, ann, people):
        code = matches.issue_code(entry.pk, by=gwen)
        matches.join(entry.pk, ann, by=gwen)
        with pytest.raises(Clash):
            self.claim(code, people)
        with pytest.raises(Clash):
            matches.issue_code(entry.pk, by=gwen)

    def test_it_is_no_use_to_the_registrar_who_gave_it_out(self, entry, gwen, bob):
        code = matches.issue_code(entry.pk, by=gwen)
        with pytest.raises(NotAllowed, match="another registrar"):
            matches.claim(code, bob, by=gwen, place="p")
        assert now(entry).state == "waiting"

    def test_who_guesses_has_to_wait(self, moment, entry, gwen, people):
        code = matches.issue_code(entry.pk, by=gwen)
        for _ in range(5):
            with pytest.raises(Refusal, match="does not work"):
                self.claim("ABCDE-FGHJK", people)
        with pytest.raises(Refusal) as refused:
            self.claim(code, people)
        assert refused.value.status == 429
        moment.forward(3_601)
        self.claim(code, people)


@pytest.mark.parametrize("act", [lambda gwen: matches.issue_code(99, by=gwen), lambda gwen: practitioners.get("AL-X")])
def test_what_does_not_exist_is_said_to_be_not_there(gwen, act):
    with pytest.raises(NotThere):
        act(gwen)


def test_a_registry_number_tells_nothing_and_is_never_the_same():
    numbers = {practitioners.new_number() for _ in range(500)}
    assert len(numbers) == 500
    assert all(len(each) == 12 and each.startswith("AL-") for each in numbers)


def test_every_row_of_the_story_names_who_made_it(entry, ann, gwen):
    matches.join(entry.pk, ann, by=gwen, reason="spoke on the phone")
    join = Join.objects.get()
    assert (join.by, join.reason) == (gwen, "spoke on the phone")
