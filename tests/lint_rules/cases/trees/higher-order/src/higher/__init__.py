"""Functions that are given functions."""
