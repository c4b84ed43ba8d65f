"""Banks and exams for tests."""

from peer_xblocks.exam.bank import Bank, BankItem
from peer_xblocks.item.item import Item, Option

DOMAINS = {"D1": 3, "D2": 3, "D3": 1, "D4": 4, "D5": 3, "D6": 2, "D7": 4}
RIGHT, WRONG = ("a",), ("b",)


def item(name, domain="D1", level="recall", texts=None):
    """An item whose "a" is right; every word of its key can be recognised."""
    texts = texts or [f"{name} choice {each}" for each in "abc"]
    options = tuple(
        Option(id, text, id == "a", f"SECRET-TEACH {id}") for id, text in zip("abcdef", texts, strict=False)
    )
    return Item(name, f"What about {name}?", options, "single", level, domain, f"SECRET-WHY {name}", "SECRET-SOURCE")


def bank(per_domain=4, trial=6, code="crss-demo", status="draft", domains=DOMAINS, enemies=None, facility=None):
    """A bank with so many times the counted items that each domain needs, and trial items."""
    enemies = enemies or {}
    made = [
        BankItem(item(f"{domain}-{n}", domain), facility=facility, enemies=tuple(enemies.get(f"{domain}-{n}", ())))
        for domain, count in domains.items()
        for n in range(count * per_domain)
    ]
    made += [BankItem(item(f"T-{n}", "D1"), trial=True) for n in range(trial)]
    return Bank(code, 1, "A made-up bank", status, tuple(made))
