"""Packages nobody knows, which are no findings, and what stands beside them."""
