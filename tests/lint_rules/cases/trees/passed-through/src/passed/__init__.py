"""Modules that the sandbox does not look into."""
