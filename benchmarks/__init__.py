"""Benchmarks: every figure is a ratio to a peer or a floor measured in the same run.

`python -m benchmarks` runs them all and prints them; `docs/performance.md` keeps what was seen.
"""
