"""Rules about what makes a replay differ from the run: NTR1xx."""
