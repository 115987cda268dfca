"""Bytes to text, as Python reads its sources."""

from __future__ import annotations

import io
import tokenize

from lint_rules.facts.module import ParseProblem


def decode(source: bytes) -> str | ParseProblem:
    """Decode as Python does: a byte order mark, a coding cookie, else UTF-8."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
        return source.decode(encoding)
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        column = error.start - (source.rfind(b"\n", 0, error.start) + 1) + 1
        return ParseProblem(line, column, f"not {error.encoding}: {error.reason}")
    except (SyntaxError, LookupError, UnicodeError) as error:
        return ParseProblem(1, 1, f"cannot be decoded: {error}")
