"""Keeps the histories of a bundle's scenarios beside it."""
