"""Handlers that are inherited."""
