"""What ntro workflow classes say of themselves: steps, gates, activities, children, models."""
