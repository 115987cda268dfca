"""What the task page can show: the components of a display hint (contract 3.2)."""

from __future__ import annotations

COMPONENTS = (
    "LOADING",
    "FILE_UPLOAD",
    "MULTI_FILE_UPLOAD",
    "DATA_TABLE",
    "SUMMARY",
    "APPROVAL_FORM",
    "REPORT_PREVIEW",
)
"""The values of `UIComponent`, and the one that `collect_documents` shows besides."""

WITHOUT_GATE = ("LOADING", "SUMMARY", "REPORT_PREVIEW")
"""Those that ask nothing of anybody: `UIComponent.is_interactive` is false for them."""
