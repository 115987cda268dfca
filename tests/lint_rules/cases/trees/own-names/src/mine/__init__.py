"""Modules that are called like those of the standard library."""
