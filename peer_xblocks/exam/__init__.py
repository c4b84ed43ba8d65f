"""The certification exam: banks, forms, sittings, scoring, analysis."""
