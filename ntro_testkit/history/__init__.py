"""Temporal histories as plain data: what one run looks like to a server, in its JSON form."""
