"""Authors write card sorts in a form: saved whole, linted as they type."""

import pytest

from tests.activity.sort.made import card, data


@pytest.fixture
def eve(stage):
    return stage.lms.author("eve", stage.course)


def saved(stage, eve, **change):
    return stage.lms.studio_post(stage.usage, "save_sort", {"display_name": "New", **data(stage.deck), **change}, eve)


def kept(stage):
    return stage.lms.block(stage.usage)


def test_what_the_author_wrote_is_kept(stage, eve):
    more = [{"id": "c4", "text": " four ", "why": "", "piles": []}]
    faults = saved(stage, eve, prompt="Go.", cards=more).json()["faults"]
    assert (kept(stage).display_name, kept(stage).deck.prompt, kept(stage).deck.cards[0].text) == ("New", "Go.", "four")
    assert "It has no reason." in [each["what"] for each in faults]


@pytest.mark.parametrize(
    "change",
    [
        {"display_name": ""},
        {"display_name": 7},
        {"prompt": 7},
        {"prompt": "x" * 5001},
        {"piles": None},
        {"piles": [7]},
        {"piles": [{"id": f"p{n}", "text": "x"} for n in range(5)]},
        {"piles": [{"id": "p", "text": "x"}] * 2},
        {"piles": [{"id": "a b", "text": "x"}]},
        {"cards": "c"},
        {"cards": [{"id": f"c{n}", "text": "x"} for n in range(61)]},
        {"cards": [{"id": "c", "text": 7}]},
        {"cards": [{"id": "c", "text": "x", "piles": "peer"}]},
        {"cards": [{"id": "c", "text": "x", "piles": [["peer"]]}]},
        {"cards": [{"id": "c", "text": "x"}] * 2},
    ],
)
def test_what_cannot_be_kept_is_refused_and_changes_nothing(stage, eve, change):
    before = stage.lms.olx(stage.usage)
    response = saved(stage, eve, **change)
    assert response.status_code == 400
    assert response.json()["error"].endswith(".")
    assert stage.lms.olx(stage.usage) == before


def test_the_linter_follows_what_is_being_written(stage, eve):
    written = {**data(stage.deck), "piles": data(stage.deck)["piles"][:1]}
    faults = stage.lms.studio_post(stage.usage, "lint", written, eve).json()["faults"]
    assert {"where", "what", "do", "item", "rule", "grave"} == set(faults[0])
    assert ("card:c2", "It belongs to no pile.") in [(each["item"], each["what"]) for each in faults]
    assert kept(stage).deck == stage.deck


@pytest.mark.parametrize("handler", ["save_sort", "lint"])
def test_only_authors_may_use_the_editor(stage, handler):
    sent = {"display_name": "x", "prompt": "", "piles": [], "cards": []}
    tom = stage.lms.staff("tom", stage.course)
    for user in (stage.ann, tom):
        assert stage.lms.studio_post(stage.usage, handler, sent, user).status_code == 403
        assert stage.lms.post(stage.usage, handler, sent, user).status_code == 403
    assert kept(stage).deck == stage.deck


def test_the_author_sees_cards_homes_reasons_and_what_to_mend(stage, eve):
    page = stage.lms.render(stage.usage, view="author_view")
    for words in ("Sort these.", "c1 says", "c1 because", "Peer support does not do this"):
        assert words in page
    saved(stage, eve, cards=data(stage.deck)["cards"][:1])
    assert "Pile 2: No card belongs to it." in stage.lms.render(stage.usage, view="author_view")


def test_a_new_sort_asks_for_piles_and_cards(stage):
    page = stage.lms.render(stage.lms.add(stage.unit, "peer_sort"), view="author_view")
    assert "It has 0 piles." in page
    assert "It has no cards yet." in page


@pytest.mark.parametrize("copy", ["duplicate", "paste"])
def test_a_copy_says_the_same_under_ids_of_its_own(stage, copy):
    made = stage.lms.duplicate(stage.usage) if copy == "duplicate" else stage.lms.paste(stage.usage, stage.unit)
    mine, theirs = stage.deck, stage.lms.block(made).deck
    assert (mine.prompt, mine.piles) == (theirs.prompt, theirs.piles)
    assert [each.renamed("") for each in mine.cards] == [each.renamed("") for each in theirs.cards]
    assert not {each.id for each in mine.cards} & {each.id for each in theirs.cards}
    assert card("c1", "peer") in mine.cards
