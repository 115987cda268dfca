"""Checks over runs: each tries a bundle out, and returns verdicts (NTR7xx) with evidence."""
