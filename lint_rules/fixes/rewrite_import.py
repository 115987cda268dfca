"""One import statement with names taken out and put in; its layout and comments are kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    import libcst as cst

Imported = tuple[str, str | None]
"""A name and what it is imported as."""


def rewrite(statement: str, remove: Collection[Imported], add: Sequence[Imported]) -> str | None:
    """Return the statement with other names; None where a comment would end up somewhere else.

    Names are added to from-imports only. At least one name must be left.
    """
    import libcst as cst

    module = cst.parse_module(statement)
    line = module.body[0]
    if not isinstance(line, cst.SimpleStatementLine):
        raise TypeError(statement)
    node = line.body[0]
    if not isinstance(node, cst.Import | cst.ImportFrom) or isinstance(node.names, cst.ImportStar):
        raise TypeError(statement)
    if add and (isinstance(node, cst.Import) or _has_comment(_closing(node))):
        return None
    names = list(node.names)
    for imported in add:
        names = _with(names, imported, _separator(node))
    node = _without(node.with_changes(names=names), remove)
    return module.code_for_node(node)


def _with(
    names: list[cst.ImportAlias], imported: Imported, separator: cst.BaseParenthesizableWhitespace
) -> list[cst.ImportAlias]:
    import libcst as cst

    name, alias = imported
    asname = cst.AsName(name=cst.Name(alias)) if alias else None
    new = cst.ImportAlias(name=cst.Name(name), asname=asname)
    comma = cst.Comma(whitespace_after=separator)
    place = _place([each.evaluated_name for each in names], name)
    if place < len(names):
        return [*names[:place], new.with_changes(comma=comma), *names[place:]]
    *others, last = names
    if not _is_comma(last.comma):
        return [*others, last.with_changes(comma=comma), new]
    # The comment after the comma of the last name is about that name.
    closing = last.comma.whitespace_after
    last = last.with_changes(comma=comma.with_changes(whitespace_after=_merge(closing, separator)))
    new_comma = cst.Comma(whitespace_after=_without_comment(closing))
    return [*others, last, new.with_changes(comma=new_comma)]


def _without(
    node: cst.Import | cst.ImportFrom, remove: Collection[Imported]
) -> cst.Import | cst.ImportFrom:
    import libcst as cst

    names = [] if isinstance(node.names, cst.ImportStar) else list(node.names)
    kept = [each for each in names if (each.evaluated_name, each.evaluated_alias) not in remove]
    if kept[-1] is names[-1]:
        return node.with_changes(names=kept)
    last, comma = kept[-1], names[-1].comma
    if _is_comma(comma) and _is_comma(last.comma):
        after = _merge(last.comma.whitespace_after, comma.whitespace_after)
        comma = cst.Comma(whitespace_after=after)
    elif _is_comma(last.comma) and _has_comment(last.comma.whitespace_after):
        # The comma stays for its comment, and takes over what is before the parenthesis.
        closing = _closing(node) or cst.SimpleWhitespace("")
        comma = cst.Comma(whitespace_after=_merge(last.comma.whitespace_after, closing))
        nothing = cst.SimpleWhitespace("")
        node = node.with_changes(rpar=cst.RightParen(whitespace_before=nothing))
    return node.with_changes(names=[*kept[:-1], last.with_changes(comma=comma)])


def _place(names: list[str], new: str) -> int:
    """Return where a name goes: by its order if the others are in order, else at the end."""
    keys = [_order(name) for name in names]
    if keys != sorted(keys):
        return len(names)
    return next((place for place, key in enumerate(keys) if key > _order(new)), len(names))


def _order(name: str) -> tuple[int, str]:
    # Constants, classes, then everything else, as the usual sorters of imports have it.
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return kind, name.lower()


def _separator(node: cst.Import | cst.ImportFrom) -> cst.BaseParenthesizableWhitespace:
    """Return what stands between two names, without comments."""
    import libcst as cst

    names = node.names
    if not isinstance(names, cst.ImportStar) and len(names) > 1 and _is_comma(names[0].comma):
        return _without_comment(names[0].comma.whitespace_after)
    opening = getattr(node, "lpar", None)
    if opening is not None and isinstance(opening.whitespace_after, cst.ParenthesizedWhitespace):
        return _without_comment(opening.whitespace_after)
    return cst.SimpleWhitespace(" ")


def _closing(node: cst.Import | cst.ImportFrom) -> cst.BaseParenthesizableWhitespace | None:
    closing = getattr(node, "rpar", None)
    return None if closing is None else closing.whitespace_before


def _is_comma(comma: object) -> TypeGuard[cst.Comma]:
    import libcst as cst

    return isinstance(comma, cst.Comma)


def _has_comment(space: cst.BaseParenthesizableWhitespace | None) -> bool:
    import libcst as cst

    if not isinstance(space, cst.ParenthesizedWhitespace):
        return False
    return space.first_line.comment is not None or any(e.comment for e in space.empty_lines)


def _without_comment(
    space: cst.BaseParenthesizableWhitespace,
) -> cst.BaseParenthesizableWhitespace:
    import libcst as cst

    if not isinstance(space, cst.ParenthesizedWhitespace):
        return space
    line = space.first_line.with_changes(whitespace=cst.SimpleWhitespace(""), comment=None)
    return space.with_changes(first_line=line, empty_lines=[])


def _merge(
    first: cst.BaseParenthesizableWhitespace, last: cst.BaseParenthesizableWhitespace
) -> cst.BaseParenthesizableWhitespace:
    """Return the comments of one space with the indentation of the other."""
    import libcst as cst

    if not isinstance(first, cst.ParenthesizedWhitespace) or not _has_comment(first):
        return _without_comment(last) if isinstance(last, cst.ParenthesizedWhitespace) else last
    if not isinstance(last, cst.ParenthesizedWhitespace):
        return first
    return first.with_changes(indent=last.indent, last_line=last.last_line)
