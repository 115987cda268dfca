"""Paths to what is analysed together: bundles, and source roots with loose workflow modules."""
