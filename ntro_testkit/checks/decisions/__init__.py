"""What people answer at review gates, and what that leads to."""
