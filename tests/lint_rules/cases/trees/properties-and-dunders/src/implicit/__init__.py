"""Methods nobody seems to call."""
