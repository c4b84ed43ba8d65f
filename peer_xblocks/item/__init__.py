"""A question: options, scoring, lint, exchange formats."""
