"""Queries: that they answer, and only answer."""
