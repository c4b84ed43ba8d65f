"""Requirements, completions, their reports and how these reach a registry."""
