"""Tests of the pytest plugin: inner pytest runs on small bundles, one behaviour each."""
