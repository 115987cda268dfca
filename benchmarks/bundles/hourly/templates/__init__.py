"""Hourly check: the bundle the benchmarks sleep in."""
