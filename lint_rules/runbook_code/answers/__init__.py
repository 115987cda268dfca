"""What becomes of the answer to a gate: where it goes, which of its keys are read."""
