"""What a module is made of: checks."""
