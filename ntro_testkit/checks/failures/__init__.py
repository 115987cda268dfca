"""What does not come: answers in time, activities, children."""
