"""The grading hook: requirements, completion, report, outbox, delivery."""
