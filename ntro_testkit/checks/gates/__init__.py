"""What gates show."""
