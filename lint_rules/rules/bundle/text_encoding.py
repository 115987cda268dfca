"""A file that deploy cannot read as UTF-8 text, or a byte order mark before the frontmatter.

Deploy uploads `templates/`, `subledgers/` and `migrations/` as text and reads each file of them as
UTF-8, hidden ones too: a picture, a `.DS_Store` or a file in Latin-1 ends it with
UnicodeDecodeError (D56). With a byte order mark before it the first line of `runbook.md` is not
`---` to the validator, which then says FRONTMATTER_MISSING (D28); the fix takes the mark away.

Bad:

    templates/logo.png

Good:

    assets/logo.png
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.bundle_files import BundleFiles
from lint_rules.contract.contract import Contract
from lint_rules.contract.uploaded import uploaded_files
from lint_rules.files.text_file import START, TextFile
from lint_rules.finding import Edit
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report what deploy or the validator cannot read as text."""
    files, manifest = contract.files, contract.manifest
    if files is None or manifest is None:
        return
    if manifest.file.has_mark and manifest.file.text is not None:
        yield _marked(manifest.file)
    for path in uploaded_files(files):
        data = files.data(path)
        if data is None or _offset(data) is None:
            continue
        if path.endswith(".py") and contract.module(path) is None:
            # Python cannot read it either, which is reported by itself.
            continue
        yield _unreadable(files, path, data)


def _marked(file: TextFile) -> Observation:
    nothing = Edit(file.path, (1, 1), (1, 1), "")
    return Observation(
        module=file,
        span=START,
        message="a byte order mark is before the frontmatter, which the validator then misses",
        alternative="the file saved as UTF-8 without a mark",
        severity="error",
        fix="remove-mark",
        applicability="safe",
        edits=(nothing,),
    )


def _offset(data: bytes) -> int | None:
    """Return where bytes stop to be UTF-8; None when all of them are."""
    if data.isascii():
        return None
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return error.start
    return None


def _unreadable(files: BundleFiles, path: str, data: bytes) -> Observation:
    is_binary = b"\0" in data
    return Observation(
        module=TextFile(files.path(path)),
        span=START,
        message=f"`{path}` is {'binary' if is_binary else 'no UTF-8'}: deploy reads it as text"
        " and ends with UnicodeDecodeError",
        alternative="a place outside of what is uploaded" if is_binary else "the file as UTF-8",
        severity="error",
    )


RULE = Rule(
    code="NTR513",
    name="text-encoding",
    summary="a file that deploy or the validator cannot read as UTF-8",
    explanation=__doc__,
    contract=check,
    fix="safe",
)
