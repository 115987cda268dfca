"""Expense claim: the bundle the benchmarks run."""
