"""The files of a bundle, and what `runbook.md` says of the code."""

from __future__ import annotations

from lint_rules.rules.bundle import (
    body_sections,
    broken_import,
    deploy_reading,
    duplicate_key,
    frontmatter,
    missing_file,
    missing_key,
    not_uploaded,
    old_commands,
    slug_directory,
    slug_form,
    subledger_naming,
    template_manifest,
    text_encoding,
    unknown_key,
    version,
    workflow_class,
)
from lint_rules.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    missing_file.RULE,
    frontmatter.RULE,
    missing_key.RULE,
    slug_form.RULE,
    slug_directory.RULE,
    workflow_class.RULE,
    version.RULE,
    deploy_reading.RULE,
    unknown_key.RULE,
    duplicate_key.RULE,
    broken_import.RULE,
    template_manifest.RULE,
    text_encoding.RULE,
    not_uploaded.RULE,
    subledger_naming.RULE,
    body_sections.RULE,
    old_commands.RULE,
)
