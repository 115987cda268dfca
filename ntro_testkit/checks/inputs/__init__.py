"""What people send in, documents and edits of rows, and whether it counts."""
