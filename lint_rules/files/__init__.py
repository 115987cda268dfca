"""The files of a run: read once, and found by the dotted names of modules."""
