"""Items for tests: a good one to change, and any that hypothesis can think of."""

from dataclasses import replace

from hypothesis import strategies as st

from peer_xblocks.item.item import Item, Option, option_id
from peer_xblocks.item.text import clean

GOOD = Item(
    id="bnd1",
    stem="Rosa offers you a gift card after a visit. What do you do first?",
    options=(
        Option("a", "Thank her and explain your agency's rule", True, "Kind and clear: the rule protects you both."),
        Option("b", "Take it, so that she is not hurt", False, "A gift can change what each of you expects."),
        Option("c", "Say nothing and leave it on the desk", False, "Silence leaves her to guess what it means."),
    ),
    kind="single",
    level="vignette",
    domain="D4",
    rationale="Say thank you, then say the rule and why it is there.",
    source="Code of ethics, gifts",
)
SEVERAL = replace(
    GOOD,
    id="bnd2",
    stem="Which two of these keep a boundary?",
    kind="multiple",
    options=(
        Option("a", "Saying when you can be reached", True, "People can plan with it."),
        Option("b", "Answering at any hour of the night", False, "You need rest to be there tomorrow."),
        Option("c", "Meeting in a place that both chose", True, "Both of you have a say."),
    ),
)

_TROUBLE = st.sampled_from(
    [
        *"<>&\"'=~#{}:\\%/[]*$\n",
        "]]>",
        "<!--",
        "-->",
        "<![CDATA[",
        "&amp;",
        "שלום",
        "🌱",
        "::",
        "//",
        "->",
        "\t",
        "  ",
        "\n\n",
    ]
)
texts = st.lists(st.one_of(st.text(max_size=6), _TROUBLE), max_size=8).map(lambda parts: clean("".join(parts)))
words = texts.filter(bool)
names = st.text("abcdefghijklmnopqrstuvwxyz0123456789-_.", min_size=1, max_size=12)


@st.composite
def items(draw: st.DrawFn) -> Item:
    """Any item that the editor would accept: hostile texts, ids by place, a key that fits its kind."""
    count = draw(st.integers(2, 5))
    kind = draw(st.sampled_from(["single", "multiple"]))
    right = draw(st.sets(st.integers(0, count - 1), min_size=1, max_size=1 if kind == "single" else count))
    return Item(
        id=draw(names),
        stem=draw(words),
        options=tuple(Option(option_id(at), draw(words), at in right, draw(texts)) for at in range(count)),
        kind=kind,
        level=draw(st.sampled_from(["", "recall", "vignette"])),
        domain=draw(st.sampled_from(["", "D1", "D7"])),
        rationale=draw(texts),
        source=draw(texts),
    )
