"""The certification registry: a Django site of its own."""
