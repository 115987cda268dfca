"""Functions in wrappers."""
