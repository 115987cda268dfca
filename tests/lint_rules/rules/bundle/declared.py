"""Pieces of the sample bundle's frontmatter, to plant faults in."""

from __future__ import annotations

REVIEW = """\
  - id: review
    label: Check slip
    component: APPROVAL_FORM
    description: Reads the slip; an accountant approves or rejects it.
    activity: petty_cash.read_slip
    responsibility: accountant
    timeout_minutes: 1440
"""
POST = """\
  - id: post
    label: Post slip
    component: SUMMARY
    description: Posts the slip, unless it was rejected.
    activity: petty_cash.post_slip
    responsibility: accountant
    timeout_minutes: 10
    config:
      sections:
        - key: entry_id
          label: Entry
        - key: amount
          label: Amount
          type: currency
"""
LIMIT = """\
    limit:
      type: number
      description: Slips above this amount carry a warning at the check.
      default: 100
"""
SCHEMA = rf"""config_schema:
  global:
    period:
      type: string
      description: Accounting month of the slip, as YYYY-MM.
      pattern: ^\d{{4}}-\d{{2}}$
{LIMIT}"""
MANIFEST = "runbook.md"
WORKFLOW = "templates/workflow.py"
MODELS = "templates/models.py"
ACTIVITIES = "templates/activities.py"


def schema(body: str) -> tuple[str, str, str]:
    """Return the edit that puts another `config_schema` in place."""
    return (MANIFEST, SCHEMA, body)


def with_entry(text: str) -> tuple[str, str, str]:
    """Return the edit that adds an entry to `config_schema.global`."""
    return (MANIFEST, LIMIT, LIMIT + "    " + text.strip("\n").replace("\n", "\n    ") + "\n")
