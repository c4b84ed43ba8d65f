"""A changed, dropped or swapped link is found."""

from peer_xblocks import chain


def made(*bodies: bytes) -> list[tuple[str, str, bytes]]:
    links, previous = [], chain.START
    for body in bodies:
        found = chain.link(previous, body)
        links.append((previous, found, body))
        previous = found
    return links


def test_a_whole_chain_has_no_break():
    assert chain.first_break(made(b"one", b"two", b"three")) is None


def test_a_changed_body_breaks_where_it_stands():
    links = made(b"one", b"two", b"three")
    links[1] = (links[1][0], links[1][1], b"other")
    assert chain.first_break(links) == 1


def test_a_dropped_link_breaks_after_it():
    links = made(b"one", b"two", b"three")
    del links[1]
    assert chain.first_break(links) == 1
