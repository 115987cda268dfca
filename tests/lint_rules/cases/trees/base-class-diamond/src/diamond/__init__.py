"""Classes in a diamond, in modules of their own."""
