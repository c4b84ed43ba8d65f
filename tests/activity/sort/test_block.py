"""The card sort as a learner takes it: cards in, reasons out, nothing given away before."""

import json

import pytest

from peer_xblocks.activity.models import Placement, Reversal
from peer_xblocks.learner import learners, signals
from tests.activity.sort.made import data, reply
from tests.conformance.bench import clear_state, completion_of


def test_a_card_where_it_belongs_brings_its_reason(stage):
    told = stage.place("c1", "peer").json()["placed"]
    assert (told["card"], told["pile"], told["fits"], told["homes"]) == ("c1", "peer", True, ["peer"])
    assert "c1 because" in told["why"]


def test_a_card_in_another_pile_brings_the_pile_it_belongs_to_and_why(stage):
    told = stage.place("c2", "peer").json()["placed"]
    assert (told["fits"], told["homes"]) == (False, ["not"])
    assert "c2 because" in told["why"]


@pytest.mark.parametrize("pile", ["peer", "not"])
def test_a_grey_card_is_accepted_in_each_of_its_piles(stage, pile):
    told = stage.place("c3", pile).json()["placed"]
    assert (told["fits"], told["homes"]) == (True, ["peer", "not"])
    assert "c3 because" in told["why"]


def test_cards_may_be_placed_in_any_order_and_moved(stage):
    stage.place("c3", "peer")
    stage.place("c1", "not")
    assert stage.place("c1", "peer").json()["standing"] == {"round": 1, "of": 3, "placed": 2, "done": False}
    assert [(each["card"], each["pile"]) for each in stage.look()["placed"]] == [("c1", "peer"), ("c3", "peer")]


def test_the_last_card_completes_the_block_once(stage):
    assert not stage.place("c1", "peer").json()["standing"]["done"]
    assert stage.all(c2="peer").json()["standing"]["done"]
    stage.all(round=2)
    assert [each["completion"] for each in stage.lms.completions] == [1.0]
    assert stage.lms.grades == []


def test_the_card_that_completed_says_so_again_so_that_a_lost_reply_completes_the_block(stage):
    stage.place("c1", "peer")
    stage.place("c2", "not")
    for _ in range(2):
        stage.place("c3", "not", client_id="0123456789")
    assert Placement.objects.count() == 3
    assert {each["completion"] for each in stage.lms.completions} == {1.0}


def test_sorting_again_begins_a_round_without_reasons(stage):
    stage.all()
    assert stage.place("c1", "not", round=2).json()["standing"] == {"round": 2, "of": 3, "placed": 1, "done": True}
    state = stage.look()
    assert [each["card"] for each in state["placed"]] == ["c1"]
    assert "c2 because" not in json.dumps(state)


def test_a_tab_that_is_behind_takes_part_in_the_round_that_goes_on(stage):
    stage.all()
    stage.place("c1", "peer", round=2)
    assert stage.place("c2", "not", round=1).json()["standing"]["placed"] == 2


def test_looking_writes_nothing(stage):
    stage.look()
    assert learners.known(stage.ann.id) is None
    assert Placement.objects.count() == 0


def everything_a_learner_gets(stage):
    block = stage.lms.block(stage.usage, stage.ann)
    seen = [stage.lms.render(stage.usage, stage.ann), stage.lms.render(stage.usage, None, "public_view")]
    return "\n".join([*seen, *map(json.dumps, (stage.look(), block.student_view_data(), block.index_dictionary()))])


def test_no_reason_and_no_home_leaves_before_a_card_is_placed(stage):
    shown = everything_a_learner_gets(stage)
    assert "c1 says" in shown
    assert not [each for each in ("c1 because", "c2 because", "c3 because", '"homes"') if each in shown]


def test_two_decks_that_differ_in_homes_and_reasons_alone_look_the_same(stage):
    other = {**data(stage.deck)}
    other["cards"] = [{**each, "piles": ["not"], "why": "Else."} for each in other["cards"]]
    usage = stage.lms.add(stage.unit, "peer_sort", display_name="Yours or not", **other)
    assert stage.lms.post(usage, "look", {}, stage.ann).json() == stage.look()


def test_a_placed_card_opens_its_own_reason_and_no_other(stage):
    stage.place("c1", "not")
    shown = everything_a_learner_gets(stage)
    assert [each for each in ("c1 because", "c2 because", "c3 because") if each in shown] == ["c1 because"]


def test_work_that_waited_for_the_line_is_told_with_when_it_was_done(stage, at):
    heard = []

    def hear(**facts):
        heard.append(facts)

    signals.work_saved.connect(hear)
    then = int(at.now.timestamp()) - 60
    stage.place("c1", "peer")
    stage.place("c2", "peer", at=then)
    signals.work_saved.disconnect(hear)
    assert [(each["at"], each["received"], each["usage"]) for each in heard] == [(then, then + 60, stage.usage)]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"card": "c9"}, 404),
        ({"digest": "0" * 64}, 409),
        ({"pile": "else"}, 400),
        ({"pile": None}, 400),
        ({"round": "1"}, 400),
        ({"round": True}, 400),
        ({"client_id": "<b>"}, 400),
        ({"at": 1.5}, 400),
    ],
)
def test_what_is_no_placement_is_refused_and_changes_nothing(stage, change, status):
    response = stage.send({**reply(stage.deck, "c1", "peer"), **change})
    assert response.status_code == status
    assert response.json()["error"].endswith(".")
    assert Placement.objects.count() == 0


def test_a_round_that_nobody_is_in_yet_is_the_next_at_most(stage):
    assert stage.place("c1", "peer", round=10**12).json()["standing"]["round"] == 1
    assert stage.place("c1", "peer", round=10**12).json()["standing"]["round"] == 2
    assert stage.place("c2", "peer", round=-7).json()["standing"]["round"] == 2


def test_a_mark_of_another_card_is_refused(stage):
    stage.place("c1", "peer", client_id="0123456789")
    assert stage.place("c2", "peer", client_id="0123456789").status_code == 409
    assert Placement.objects.count() == 1


def test_a_card_that_the_author_changed_is_read_again(stage):
    eve = stage.lms.author("eve", stage.course)
    changed = data(stage.deck)
    changed["cards"][0]["text"] = "c1 says more"
    stage.lms.studio_post(stage.usage, "save_sort", {"display_name": "Yours", **changed}, eve)
    assert stage.place("c1", "peer").status_code == 409
    assert stage.place("c2", "not").status_code == 200


def test_a_pile_or_card_that_the_author_removed_asks_no_more(stage):
    eve = stage.lms.author("eve", stage.course)
    stage.all()
    changed = data(stage.deck)
    changed["cards"] = [*changed["cards"][:2], {"id": "c4", "text": "new", "why": "x", "piles": ["peer"]}]
    stage.lms.studio_post(stage.usage, "save_sort", {"display_name": "Yours", **changed}, eve)
    state = stage.look()
    assert [each["card"] for each in state["placed"]] == ["c1", "c2"]
    assert state["standing"] == {"round": 1, "of": 3, "placed": 2, "done": True}


def test_deleting_state_takes_back_and_destroys_nothing(stage):
    stage.all()
    tom = stage.lms.author("tom", stage.course)
    stage.lms.delete_state(stage.usage, stage.ann, tom)
    assert (Placement.objects.count(), Reversal.objects.get().by) == (3, learners.known(tom.id))
    assert completion_of(stage.usage, stage.ann) == 0.0
    assert stage.look()["standing"] == {"round": 2, "of": 3, "placed": 0, "done": False}
    stage.lms.completions.clear()
    stage.all()
    assert [each["completion"] for each in stage.lms.completions] == [1.0]


def test_nothing_is_taken_back_twice(stage):
    tom = stage.lms.author("tom", stage.course)
    stage.place("c1", "peer")
    for _ in range(2):
        clear_state(stage.lms, stage.usage, stage.ann, by=tom)
    assert Reversal.objects.count() == 1


def test_staff_tools_find_the_learner_and_no_word_of_what_was_done(stage):
    stage.place("c1", "peer")
    assert stage.lms.state(stage.usage, stage.ann) == {"record": str(learners.known(stage.ann.id))}
