"""Sets that travel."""
