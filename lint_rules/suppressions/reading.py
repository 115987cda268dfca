"""Finds the suppressions of a module; only in real comments, and in most files without a look."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lint_rules.suppressions.suppression import CodeAt, Suppression

_CODE = r"(?:NTR\w{0,40}|[A-Z]{1,40}[0-9]{1,40})(?!\w)"
_DIRECTIVE = re.compile(
    rf"(?<!\S)#+[ \t]*(?i:noqa)[ \t]*:[ \t,]*(?P<codes>{_CODE}(?:[ \t,]+{_CODE})*)"
)
_EACH_CODE = re.compile(_CODE)
# `#123` in a reason is a number; every other `#` after a blank begins somebody else's comment.
_NEXT_COMMENT = re.compile(r"(?<=\s)#(?!\d)")
_COMMENT_AT_ONCE = re.compile(r"#(?!\d)")
_OPEN, _CLOSE = "<!--", "-->"
_REASON = re.compile(r"\s*--+(.*)", re.DOTALL)

_LOOK = re.compile(rb"[nN][oO][qQ][aA][ \t]*:[ \t,]*(?:[A-Z]{1,40}[0-9]{1,40}[ \t,]+)*NTR")


@dataclass(frozen=True, slots=True)
class _Comment:
    text: str
    line: int
    offset: int
    first_line: int


def read_suppressions(path: str, source: str | bytes) -> tuple[Suppression, ...]:
    """Return the suppressions of a module, none when it is no Python that can be read.

    Nothing is raised for any input.
    """
    if not _worth_a_look(source):
        return ()
    text = _decoded(source)
    lines = text.split("\n")
    return tuple(
        suppression
        for comment in _comments(text)
        for suppression in _in_comment(path, comment, lines)
    )


def read_text_suppressions(path: str, text: str) -> tuple[Suppression, ...]:
    """Return the suppressions of a file that is no Python.

    They stand in `#` comments, as in YAML and requirements, or in the `<!-- -->` of Markdown. A
    requirement may go on over several lines, and has its comment on the last.
    """
    if not _worth_a_look(text):
        return ()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first_lines = _first_lines(lines) if path.endswith(".txt") else range(1, len(lines) + 1)
    return tuple(
        replace(suppression, first_line=first)
        for number, (line, first) in enumerate(zip(lines, first_lines, strict=True), start=1)
        for suppression in _in_line(path, number, line, lines)
    )


def _first_lines(lines: list[str]) -> Iterator[int]:
    """Yield for each line where it begins: where a `\\` at the end leads on to it."""
    first, goes_on = 1, False
    for number, line in enumerate(lines, start=1):
        first = first if goes_on else number
        goes_on = line.endswith("\\") and not line.lstrip().startswith("#")
        yield first


def _in_line(path: str, number: int, line: str, lines: list[str]) -> Iterator[Suppression]:
    opened = line.find(_OPEN)
    if opened < 0:
        if (start := _DIRECTIVE.search(line)) is not None:
            comment = _Comment(line[start.start() :], number, start.start(), number)
            yield from _in_comment(path, comment, lines)
        return
    closed = line.find(_CLOSE, opened)
    end = len(line) if closed < 0 else closed
    # As long as it was, so that columns stay.
    text = "#" * len(_OPEN) + line[opened + len(_OPEN) : end]
    removable = (opened + 1, min(end + len(_CLOSE), len(line)) + 1)
    for found in _in_comment(path, _Comment(text, number, opened, number), lines):
        yield replace(found, removable=removable)


def _worth_a_look(source: str | bytes) -> bool:
    if isinstance(source, str):
        if "NTR" not in source:
            return False
        source = source.encode("utf-8", "surrogatepass")
    return b"NTR" in source and _LOOK.search(source) is not None


def _decoded(source: str | bytes) -> str:
    """Return the text with `\\n` at the end of every line; empty when it cannot be decoded."""
    if isinstance(source, bytes):
        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
            source = source.decode(encoding)
        except (SyntaxError, LookupError, UnicodeError):
            return ""
    return source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _comments(text: str) -> list[_Comment]:
    """Return the comments that may hold suppressions, none when the text has no tokens."""
    try:
        return list(_comments_in(tokenize.generate_tokens(io.StringIO(text).readline)))
    except (tokenize.TokenError, SyntaxError, UnicodeError):
        return []


def _comments_in(tokens: Iterator[tokenize.TokenInfo]) -> Iterator[_Comment]:
    statement = None
    comment = None
    for token in tokens:
        line, offset = token.start
        if token.type == tokenize.ERRORTOKEN:
            raise tokenize.TokenError("no Python", token.start)
        if token.type == tokenize.COMMENT:
            comment = _Comment(token.string, line, offset, line)
            continue
        if comment:
            if token.type == tokenize.NEWLINE and statement:
                comment = replace(comment, first_line=statement)
            yield comment
            comment = None
        if token.type == tokenize.NEWLINE:
            statement = None
        elif token.type != tokenize.NL and statement is None:
            statement = line


def _in_comment(path: str, comment: _Comment, lines: list[str]) -> Iterator[Suppression]:
    for directive in _DIRECTIVE.finditer(comment.text):
        start, codes_end = directive.span()
        following = _next_comment(comment.text, codes_end)
        rest = comment.text[codes_end:following].rstrip()
        end = codes_end + len(rest)
        codes = tuple(
            CodeAt(code[0], comment.offset + code.start() + 1, comment.offset + code.end() + 1)
            for code in _EACH_CODE.finditer(comment.text, directive.start("codes"), codes_end)
        )
        if any(code.ours for code in codes):
            yield Suppression(
                path,
                comment.line,
                comment.offset + start + 1,
                comment.offset + end + 1,
                codes,
                _reason(rest),
                comment.first_line,
                _removable(comment, start, following, lines),
            )


def _next_comment(text: str, behind: int) -> int | None:
    found = _COMMENT_AT_ONCE.match(text, behind) or _NEXT_COMMENT.search(text, behind)
    return found.start() if found else None


def _reason(rest: str) -> str | None:
    written = _REASON.match(rest)
    reason = written[1].strip() if written else ""
    return reason if any(character.isalnum() for character in reason) else None


def _removable(
    comment: _Comment, start: int, following: int | None, lines: list[str]
) -> tuple[int, int] | None:
    line = lines[comment.line - 1]
    column = comment.offset + start
    if following is not None:
        return column + 1, comment.offset + following + 1
    before = line[:column].rstrip(" \t\f")
    continues = comment.line > 1 and lines[comment.line - 2].endswith("\\")
    if not before and continues:
        # The line before promises one more; an empty one could be the end of the file.
        return None
    return len(before) + 1, comment.offset + len(comment.text) + 1
