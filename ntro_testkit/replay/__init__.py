"""Histories of a bundle's runs, made and held against its code."""
