"""The contract with a registry, held by fixed vectors."""
