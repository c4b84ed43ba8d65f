"""The contract with a registry: schemas, canonical form, signatures."""
