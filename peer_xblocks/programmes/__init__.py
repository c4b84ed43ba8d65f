"""Programme files: the rules of an office as data."""
