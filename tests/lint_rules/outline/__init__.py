"""Outlines of bundles, and the ways they are shown."""
