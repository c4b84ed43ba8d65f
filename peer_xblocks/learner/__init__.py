"""A platform account as our tables know it: a random UUID, and the row that every change of a learner's records locks."""
