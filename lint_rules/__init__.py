"""Reads bundles as text: never imports the bundle, ntro, temporalio or pytest.

PYTEST_DONT_REWRITE: there are no assertions to explain, and a caller may have imported it already.
"""
