"""A text that is read and signed, kept as it was when it was signed."""
