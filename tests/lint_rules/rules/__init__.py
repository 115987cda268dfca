"""The rules, a family a directory."""
