"""Banks made up for tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from peer_xblocks.exam.bank import STATUSES, Bank, BankItem
from peer_xblocks.item.item import Item, Option, option_id
from peer_xblocks.item.text import clean
from tests.item.made import items, names, texts

ROUND = (
    ("Ana", "is asked by a peer to keep a secret", "D4"),
    ("Kwame", "hears a peer say that nothing helps", "D6"),
    ("Linh", "is offered a ride by the family of a peer", "D1"),
    ("Yusuf", "wants to say how housing court went", "D3"),
    ("Marisol", "meets a peer who uses sign language", "D2"),
    ("Tomasz", "helps a peer to choose between two jobs", "D5"),
)


def question(at: int, **changes: Any) -> Item:
    """A sound item; each number gives other words and moves the key."""
    name, case, domain = ROUND[at % len(ROUND)]
    options = [
        Option("a", f"Ask what the person wants and offer choice number {at}.", True),
        Option("b", f"Tell the person which of the {at} steps to take first.", False),
        Option("c", f"Call the supervisor about step {at} before anything else.", False),
    ]
    turned = options[at % 3 :] + options[: at % 3]
    made = Item(
        id=f"q{at:04}",
        stem=f"{name} {case} for the {at}th week of group {at * 7}. What is the best first step?",
        options=tuple(replace(each, id=option_id(place)) for place, each in enumerate(turned)),
        level=("recall", "apply", "judge")[at % 3],
        domain=domain,
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
