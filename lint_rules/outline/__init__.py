"""What was understood of a bundle, as data, and ways to show it to people."""
