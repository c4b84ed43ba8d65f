"""A knowledge check: questions one at a time, feedback that teaches, as many tries as anybody wants."""
