"""Contact hours: what a module is, seat time, the ledger."""
