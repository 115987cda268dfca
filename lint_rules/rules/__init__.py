"""The rules: a folder per family, a file per rule, one registry."""
