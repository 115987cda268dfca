"""Packages in packages."""
