"""A parent, a child, and a command line that is no workflow."""
