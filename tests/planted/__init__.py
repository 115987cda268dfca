"""Faults planted in sound bundles, and which check sees each."""
