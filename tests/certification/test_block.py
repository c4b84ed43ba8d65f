"""The progress page: what is done, what is missing, the name, the report, the receipt."""

import json
import re

import pytest

from peer_xblocks.certification import listeners
from peer_xblocks.certification.models import CertificateName, Completion, Outbox, State
from peer_xblocks.learner import learners
from peer_xblocks.learner.models import Learner
from tests.certification.desk import REGISTRY_KEY, rows
from tests.faults.stub import Registry


def shown(desk, user=None):
    return re.sub(r"\s+", " ", desk.lms.render(desk.progress, user or desk.ann))


def deliver(desk, settings):
    """Delivers what is due to a registry of this machine."""
    from peer_xblocks.certification.delivery import deliver_due
    from tests.certification.desk import SITE_KEY

    with Registry(REGISTRY_KEY, SITE_KEY.public) as registry:
        settings.PEER_XBLOCKS = {**settings.PEER_XBLOCKS, "REGISTRY_URL": registry.url}
        deliver_due()


def test_what_is_missing_leads_to_its_page(desk):
    page = shown(desk)
    unit = desk.lms.block(desk.modules["M1"]).get_parent().scope_ids.usage_id
    assert f'<a href="/courses/{desk.course}/jump_to/{unit}"' in page.replace("&amp;", "&")
    assert "0 min of 30 min" in page
    assert "not yet passed" in page
    assert "Done" not in page


def test_what_is_done_is_said_in_hours(desk):
    desk.credit("M1")
    desk.pass_("M1")
    desk.credit("M2", seconds=12 * 60 + 59)
    page = shown(desk)
    assert "12 min of 30 min" in page
    assert "30 min of 30 min" in page
    assert ">Done<" in page


def test_looking_writes_nothing(desk, django_assert_max_num_queries):
    learners_before = Learner.objects.count()
    shown(desk)
    assert Learner.objects.count() == learners_before
    assert not CertificateName.objects.exists()


def test_the_name_is_asked_for_and_shown_back(desk):
    assert "Write your name as you want it on your certificate" in shown(desk)
    told = desk.give_name("  Zoë <b>Ruiz</b> ")
    assert told["name"] == "Zoë <b>Ruiz</b>"
    assert "Zoë &lt;b&gt;Ruiz&lt;/b&gt;" in shown(desk)


@pytest.mark.parametrize("name", ["", " ", "x" * 121, "a\nb", None, 5, ["x"]])
def test_a_name_that_cannot_be_printed_is_refused_and_nothing_changes(desk, name):
    desk.give_name("Ana")
    answer = desk.lms.post(desk.progress, "set_name", {"name": name}, desk.ann)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert "Ana" in shown(desk)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.WAITING_NAME, "once you write your name"),
        (State.DUE, "on its way"),
        (State.LEASED, "on its way"),
        (State.PARKED, "your hours are safe"),
    ],
)
def test_each_state_of_the_report_has_its_words(desk, state, words):
    desk.finish()
    Outbox.objects.update(state=state, last_error="")
    assert words in shown(desk)


def test_a_registry_out_of_reach_is_said_calmly(desk):
    desk.finish()
    Outbox.objects.update(state=State.DUE, last_error="The registry could not be reached.")
    page = shown(desk)
    assert "keep trying" in page
    assert "error" not in page.lower()


def test_before_everything_is_done_nothing_is_reported(desk):
    assert "Nothing is reported yet" in shown(desk)


def test_the_receipt_appears_with_number_time_and_fingerprint(desk, settings):
    desk.give_name()
    desk.finish()
    deliver(desk, settings)
    page = shown(desk)
    receipt = json.loads(rows()[0].receipt)
    assert "The registry signed this" in page
    assert receipt["payload_sha256"] in page
    assert "March 1, 2026, 06:00 AM CST" in page
    assert 'data-proof="number">1<' in page


def test_the_script_asks_quietly_for_the_receipt(desk, settings):
    desk.give_name()
    desk.finish()
    told = desk.lms.post(desk.progress, "state", {}, desk.ann).json()
    assert (told["state"], told["waiting"], told["proof"]) == ("due", True, None)
    deliver(desk, settings)
    told = desk.lms.post(desk.progress, "state", {}, desk.ann).json()
    assert (told["state"], told["waiting"]) == ("delivered", False)
    assert told["proof"]["number"] == 1


def test_asking_makes_up_for_an_evaluation_that_was_missed(desk, monkeypatch):
    monkeypatch.setattr(listeners.completions, "evaluate", lambda *_: None)
    desk.finish()
    monkeypatch.undo()
    assert not Completion.objects.exists()
    assert "Your report is being written" in shown(desk)
    assert desk.lms.post(desk.progress, "state", {}, desk.ann).json()["state"] == "waiting_name"


def test_what_was_taken_back_is_said_plainly(desk):
    desk.finish()
    desk.reverse("M1")
    assert "taken back" in shown(desk)


def test_nobody_sees_anybody_elses_page(desk):
    desk.give_name("Ana Ruiz")
    desk.finish()
    bob = desk.lms.learner("bob", desk.course)
    page = shown(desk, bob)
    assert "Ana Ruiz" not in page
    assert "0 min of 30 min" in page


@pytest.mark.parametrize("handler", ["set_name", "state"])
def test_only_the_enrolled_learner_may_ask(desk, handler):
    stranger = desk.lms.user("sam")
    staff = desk.lms.staff("tom", desk.course)
    data = {"name": "Mallory"}
    assert desk.lms.post(desk.progress, handler, data, stranger).status_code == 403
    assert desk.lms.post(desk.progress, handler, data, None).status_code in (302, 403, 404)
    assert desk.lms.post(desk.progress, handler, data, desk.ann, acting=staff).status_code == 409
    assert not CertificateName.objects.exists()
    assert learners.known(stranger.id) is None


def test_a_stranger_sees_what_it_is_and_nothing_of_anyone(desk):
    page = desk.lms.render(desk.progress, None, "public_view")
    assert "Your progress in this course" in page
    assert "Still to do" not in page


# -- authors ---------------------------------------------------------------------------------------------------

AIM = {"display_name": "End", "completes": "ce", "track": "CPS-A", "category": "ethics", "provider": "Office"}


def test_an_author_sets_the_aim_in_a_form(desk):
    author = desk.lms.author("eve", desk.course)
    form = desk.lms.render(desk.progress, author, "studio_view")
    assert "Certified Peer Specialist, Adult" in form
    assert "<textarea" not in form
    assert desk.lms.studio_post(desk.progress, "save_settings", AIM, author).json() == {"saved": True, "faults": []}
    card = desk.lms.render(desk.progress, author, "author_view")
    assert "Certified Peer Specialist, Adult" in card
    assert "One line of continuing education" in card


@pytest.mark.parametrize(
    "wrong",
    [{"display_name": " "}, {"completes": "party"}, {"track": "XYZ"}, {"provider": "x" * 201}, {"category": 5}],
)
def test_what_is_no_aim_is_refused(desk, wrong):
    author = desk.lms.author("eve", desk.course)
    answer = desk.lms.studio_post(desk.progress, "save_settings", {**AIM, **wrong}, author)
    assert answer.status_code == 400
    assert desk.lms.block(desk.progress).provider == "Office"


def test_what_neither_olx_nor_a_report_can_carry_is_left_out(desk):
    author = desk.lms.author("eve", desk.course)
    answer = desk.lms.studio_post(desk.progress, "save_settings", {**AIM, "provider": "Of\x00fi\ud800ce"}, author)
    assert answer.json()["saved"]
    assert desk.lms.block(desk.progress).provider == "Office"
    assert desk.lms.export(desk.course)


def test_a_learner_may_not_set_it(desk):
    assert desk.lms.studio_post(desk.progress, "save_settings", AIM, desk.ann).status_code in (302, 403)
    assert desk.lms.post(desk.progress, "save_settings", AIM, desk.ann).status_code == 403


def test_faults_say_what_to_mend(lms, at, settings):
    course = lms.course()
    block = lms.add(lms.unit(course), "peer_progress", category="", provider="")
    found = lms.block(block).faults()
    assert "Add a module to this course: hours are counted in modules." in found
    assert "Choose the category that these hours count in." in found
    assert "Say who provides this course." in found


def test_modules_that_share_an_id_or_have_no_minutes_are_named(lms, at):
    course = lms.course()
    unit = lms.unit(course)
    for _ in range(2):
        lms.add(unit, "peer_module", module_id="M1")
    found = " ".join(lms.block(lms.add(unit, "peer_progress")).faults())
    assert "two modules share one" in found
    assert "Give the modules their minutes" in found
