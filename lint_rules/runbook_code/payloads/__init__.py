"""What goes between workflows, activities and people as JSON."""
