"""A card sort: cards placed into piles one by one, each with its reason at once, as often as anybody wants."""
