"""Exceptions in workflow code: which end the run, and which hang it."""
