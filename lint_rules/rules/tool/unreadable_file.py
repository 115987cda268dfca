"""A file that cannot be analysed.

A syntax error, an encoding that does not hold, NUL bytes, or nesting deeper than Python itself
reads. The rest of the run goes on, but nothing is said about what the file does.

Bad:

    def run(self, ctx:
        ...

Good:

    def run(self, ctx):
        ...
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR901",
    name="unreadable-file",
    summary="a file that cannot be read or parsed",
    explanation=__doc__,
)
