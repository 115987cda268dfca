"""Tries the orders in which a runbook's events can come, and shows the shortest that goes wrong."""
