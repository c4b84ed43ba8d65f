"""The contract with a registry: canonical form, keys, signed requests, receipts, completion reports."""
