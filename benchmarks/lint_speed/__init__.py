"""Speed of the lint against flake8, Fixit, ruff and the bare parser, on the same files and cores.

python -m benchmarks.lint_speed [--quick] [--full] [--only NAME]
"""
