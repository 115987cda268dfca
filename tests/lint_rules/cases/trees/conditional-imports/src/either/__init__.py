"""One of two modules, depending."""
