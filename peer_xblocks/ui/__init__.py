"""The look that every page shares: tokens, templates, scripts."""
