"""What earlier runs worked out, kept for as long as nothing it depends on has changed."""
