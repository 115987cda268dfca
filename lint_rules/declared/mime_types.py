"""The MIME types that people mean by an extension."""

from __future__ import annotations

from collections.abc import Mapping

_OFFICE = "application/vnd.openxmlformats-officedocument"

_TYPES: Mapping[str, str] = {
    "csv": "text/csv",
    "doc": "application/msword",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "excel": f"{_OFFICE}.spreadsheetml.sheet",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "json": "application/json",
    "pdf": "application/pdf",
    "png": "image/png",
    "txt": "text/plain",
    "xls": "application/vnd.ms-excel",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "xml": "application/xml",
    "zip": "application/zip",
}


def known_type(word: str) -> str | None:
    """Return the MIME type of an extension, with or without its dot; None for any other word."""
    return _TYPES.get(word.strip().lower().removeprefix("*").removeprefix("."))
