"""Replay: histories of a bundle's runs, kept beside it and held against its code of today."""
