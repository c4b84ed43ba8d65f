"""The pages of the registry, one kind a file."""
