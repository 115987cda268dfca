"""Types that are imported for annotations alone."""
