"""What the tool reports about files and comments rather than about workflow code: NTR9xx."""
