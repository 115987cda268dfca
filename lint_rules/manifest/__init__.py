"""`runbook.md` as data with places: frontmatter, body, and how its readers read it."""
