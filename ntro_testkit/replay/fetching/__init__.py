"""Brings histories from a Temporal cluster."""
