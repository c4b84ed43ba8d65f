"""Checks and builds the curriculum into course archives."""
