"""Names that come through stars."""
