"""Runs on a real Temporal server, driven as in-process runs are."""
