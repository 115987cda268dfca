"""The code of the runbook."""
