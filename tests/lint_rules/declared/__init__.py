"""What the frontmatter declares."""
