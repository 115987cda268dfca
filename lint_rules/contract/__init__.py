"""What a bundle promises to its readers, next to what its code does."""
