"""What an edit breaks: runs of old code, handed over to today's at every state."""
