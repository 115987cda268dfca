"""Reads bundles as text: never imports the bundle, ntro, temporalio or pytest."""
