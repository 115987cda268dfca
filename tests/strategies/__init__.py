"""Tests of what hypothesis draws: values, payloads, scenarios, and what happens to a run."""
