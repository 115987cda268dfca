"""The hostile twin: the same scenarios, in a process where everything that may differ does."""
