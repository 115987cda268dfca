"""`# noqa: NTR101 -- reason`: comments that silence a finding on their line.

A bare `# noqa` belongs to other tools, and so do the codes of others in a comment of both.
"""

from lint_rules.suppressions.applying import Applied, apply
from lint_rules.suppressions.reading import read_suppressions
from lint_rules.suppressions.suppression import CodeAt, Suppression

__all__ = ["Applied", "CodeAt", "Suppression", "apply", "read_suppressions"]
