"""Fixed text back into its file: in its own encoding, all or nothing."""

from __future__ import annotations

import codecs
import contextlib
import io
import os
import stat
import tempfile
import tokenize
from pathlib import Path

from lint_rules.files.source_text import split_mark


class ChangedMeanwhileError(Exception):
    """The file is not what it was when it was read; nothing was written."""


def decode_source(source: bytes) -> str:
    """Decode as Python does, but keep a byte order mark.

    Raises SyntaxError for an unknown encoding, UnicodeDecodeError for bytes that are not in it.
    """
    encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
    mark = "\ufeff" if source.startswith(codecs.BOM_UTF8) else ""
    return mark + source.decode(encoding)


def encode_source(text: str, before: bytes) -> bytes:
    """Encode a changed text as the bytes it was read from were.

    Raises UnicodeEncodeError when their encoding has no way to write it.
    """
    encoding, _ = tokenize.detect_encoding(io.BytesIO(before).readline)
    mark, body = split_mark(text)
    return (codecs.BOM_UTF8 if mark else b"") + body.encode(encoding.removesuffix("-sig"))


def write_atomically(path: Path, before: bytes, after: bytes) -> None:
    """Replace the content of a file at once; links, owner and mode bits are kept.

    Raises `ChangedMeanwhileError` when the file no longer holds `before`, OSError when it cannot be
    written. Whatever happens, no other file is left behind.
    """
    target = Path(os.path.realpath(path))
    status = _status(target, before)
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        _keep_owner(temporary, status)
        temporary.chmod(stat.S_IMODE(status.st_mode))
        _status(target, before)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _status(target: Path, before: bytes) -> os.stat_result:
    """Return the status of a file that holds what it should."""
    try:
        status = target.stat()
        if stat.S_ISREG(status.st_mode) and target.read_bytes() == before:
            return status
    except FileNotFoundError:
        raise ChangedMeanwhileError(f"{target} is gone") from None
    raise ChangedMeanwhileError(f"{target} was changed meanwhile")


def _keep_owner(temporary: Path, status: os.stat_result) -> None:
    made = temporary.stat()
    if (made.st_uid, made.st_gid) != (status.st_uid, status.st_gid):
        # Only root may give files away.
        with contextlib.suppress(PermissionError):
            os.chown(temporary, status.st_uid, status.st_gid)
