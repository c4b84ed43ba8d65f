"""Banks made up for tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from peer_xblocks.exam.bank import STATUSES, Bank, BankItem
from peer_xblocks.item.item import Item, Option, option_id
from peer_xblocks.item.text import clean
from tests.item.made import items, names, texts

NAMES = [
    "Ana",
    "Kwame",
    "Linh",
    "Yusuf",
    "Marisol",
    "Tomasz",
    "Noor",
    "Desta",
    "Ingrid",
    "Paulo",
    "Aiko",
    "Rahul",
    "Sefa",
    "Mei",
    "Owen",
    "Zara",
    "Luka",
]
CASES = (
    "asks you to keep a secret from the team",
    "says that nothing helps any more",
    "is offered a ride by your supervisor",
    "wants to hear how your own court hearing went",
    "answers in sign language and waits",
    "weighs two jobs and cannot sleep",
    "brings a gift card to thank you",
    "has stopped coming to the evening circle",
    "asks what you would take for the pain",
    "reads a letter from the landlord aloud",
    "cries on the phone late at night",
)
PLACES = (
    "at the bus stop",
    "in a crowded waiting room",
    "during a home visit",
    "outside the library",
    "over video",
    "after the wellness class",
    "beside the food bank",
)
TIMES = [
    "dawn",
    "noon",
    "dusk",
    "midnight",
    "Monday",
    "Tuesday",
    "Friday",
    "Sunday",
    "Easter",
    "spring",
    "summer",
    "autumn",
    "winter",
    "payday",
    "Diwali",
    "Ramadan",
    "Hanukkah",
    "May",
    "June",
]
THINGS = [
    "tea",
    "rain",
    "music",
    "snow",
    "laundry",
    "chess",
    "soup",
    "wind",
    "paint",
    "dogs",
    "bread",
    "maps",
    "yarn",
    "clay",
    "fog",
    "drums",
    "mail",
    "apples",
    "stairs",
    "keys",
    "radio",
    "roses",
    "bikes",
]
ASKED = (
    "What is the best first step?",
    "Which reply honors choice most?",
    "What protects both people here?",
    "Whom do you involve now?",
)


def question(at: int, **changes: Any) -> Item:
    """A sound item; each number gives other words and moves the key."""
    name, case, place = NAMES[at % 17], CASES[at % 11], PLACES[at % 7]
    options = [
        Option("a", f"Ask what {name} wants and offer choice {at}.", True),
        Option("b", f"Tell {name} which of {at} steps comes first.", False),
        Option("c", f"Call the team about {name} before step {at}.", False),
    ]
    turned = options[at % 3 :] + options[: at % 3]
    made = Item(
        id=f"q{at:04}",
        stem=f"{name} {case} {place}, amid {THINGS[at % 23]}, about {TIMES[at % 19]} of week {at}. {ASKED[at % 4]}",
        options=tuple(replace(each, id=option_id(place)) for place, each in enumerate(turned)),
        level=("recall", "apply", "judge")[at % 3],
        domain=f"D{at % 6 + 1}",
        rationale=f"The person decides. Choice {at} stays theirs.",
        source="Code of ethics, section 2",
    )
    return replace(made, **changes)


def bank(count: int = 6, code: str = "made-up", status: str = "draft", **changes: Any) -> Bank:
    """A sound bank of `count` items, not kept yet."""
    return replace(
        Bank(code, 0, "A made-up bank", status, tuple(BankItem(question(at)) for at in range(count))), **changes
    )


titles = texts.map(lambda text: clean(" ".join(text.split()))[:200]).filter(bool)


@st.composite
def banks(draw: st.DrawFn) -> Bank:
    """Any bank that files can carry: hostile texts, flags, enemies among its own items."""
    held = draw(st.lists(items(), max_size=4, unique_by=lambda item: item.id.casefold()))
    ids = [item.id for item in held]
    return Bank(
        draw(names.filter(lambda name: name[0].isalnum())),
        0,
        draw(titles),
        draw(st.sampled_from(STATUSES)),
        tuple(
            BankItem(
                item,
                draw(st.booleans()),
                draw(st.none() | st.floats(0, 1)),
                tuple(draw(st.lists(st.sampled_from(ids), unique=True, max_size=2))),
            )
            for item in held
        ),
    )
