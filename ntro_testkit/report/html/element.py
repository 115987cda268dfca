"""HTML out of plain data: elements with attributes and text, and nothing else.

Whatever a bundle says can only become text or the value of an attribute, and no attribute that
could run or load anything can be written at all: no handlers, no styles, and links only to places
of the same page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from ntro_testkit.report.html.text import clipped
from ntro_testkit.report.printable import printable

VOID = frozenset({"br", "input", "meta"})
"""Elements that have no end tag (those of them that reports use)."""

RAW = frozenset({"script", "style"})
"""Elements whose text a browser reads as it is; `raw_element` makes them, of our own files only."""

_REFUSED = frozenset({"style", "src", "srcset", "action", "formaction"})
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_TAG = re.compile(r"[a-z][A-Za-z0-9]*")


@dataclass(frozen=True, slots=True)
class Element:
    """One element; strings among its children are text."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple[Node, ...]
    raw: str | None = None


Node = Element | str
"""What an element may hold."""

Value = str | int | float | bool | None
"""Of an attribute: False and None leave it out, True writes its bare name."""


def element(tag: str, *children: Node | None, **attributes: Value) -> Element:
    """Return an element; None among the children is left out.

    Attributes are spelt as Python names: `class_`, `data_status`, `aria_label`. Raises `ValueError`
    for what could run or load something: see the head of this file.
    """
    _check_tag(tag)
    written = tuple(
        (_attribute_name(key), "" if value is True else str(value))
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    for name, value in written:
        if name == "href" and not value.startswith("#"):
            raise ValueError(f"a report links only to itself, not to {value!r}")
    return Element(tag, written, tuple(child for child in children if child is not None))


def raw_element(tag: str, text: str) -> Element:
    """Return a script or a style with our own text; raises `ValueError` if it would end early."""
    if tag not in RAW:
        raise ValueError(f"the text of `{tag}` is escaped: use `element`")
    if "</" in text or "<!--" in text:
        raise ValueError(f"the text of a `{tag}` may hold neither `</` nor `<!--`")
    return Element(tag, (), (), raw=text)


def rendered(node: Node) -> str:
    """Return the source of an element, or of text."""
    parts: list[str] = []
    _render(node, parts)
    return "".join(parts)


def _render(node: Node, parts: list[str]) -> None:
    if isinstance(node, str):
        parts.append(escape(printable(clipped(node)), quote=False))
        return
    attributes = "".join(
        f' {name}="{escape(printable(clipped(value)))}"' for name, value in node.attributes
    )
    parts.append(f"<{node.tag}{attributes}>")
    if node.raw is not None:
        parts.append(node.raw)
    for child in node.children:
        _render(child, parts)
    if node.tag not in VOID:
        parts.append(f"</{node.tag}>")


@lru_cache(maxsize=256)
def _check_tag(tag: str) -> None:
    if tag in RAW or not _TAG.fullmatch(tag):
        raise ValueError(f"`{tag}` is no element of a report")


@lru_cache(maxsize=256)
def _attribute_name(key: str) -> str:
    """Return an attribute's name as HTML spells it; raises `ValueError` for one nobody may use."""
    name = key.rstrip("_").replace("_", "-")
    if not _NAME.fullmatch(name):
        raise ValueError(f"`{name}` is no name of an attribute")
    if name.startswith("on") or name in _REFUSED:
        raise ValueError(f"a report has no attribute `{name}`: it could run or load something")
    return name
