"""Objects that are kept in attributes of other objects."""
