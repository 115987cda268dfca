"""What the frontmatter of a bundle declares of its code: steps, configuration, the run's input."""
