"""What the user has set: `[tool.ntro-testkit.lint]` of a `pyproject.toml`, and the command line."""

from lint_rules.config.load import load
from lint_rules.config.merge import merge
from lint_rules.config.problems import ConfigError, Problem
from lint_rules.config.settings import Level, Settings

__all__ = ["ConfigError", "Level", "Problem", "Settings", "load", "merge"]
