"""Temporal's own Replayer, in a process of its own."""
