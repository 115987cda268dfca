"""`python -m ntro_testkit`: the same as the `ntro-testkit` command."""

from ntro_testkit.cli import main

main()
