"""The checks over runs."""
