"""What a bundle asks the worker to install, and what its imports need."""
