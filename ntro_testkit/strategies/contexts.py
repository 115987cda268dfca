"""Strategies for the input of a run: what its type accepts, and a start form can be filled with.

Sources: the declared type of the run's parameter; `config_schema.global` of the frontmatter, from
which the tenant API makes the form; what the platform adds by itself (contract 1.2).
"""

from __future__ import annotations

import re
import typing
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from lint_rules.declared.entries import GLOBAL, SCHEMA
from ntro_testkit.fakes.pattern import texts_matching
from ntro_testkit.fakes.plausible import plausible_texts
from ntro_testkit.runtime.definitions import workflow_definition
from ntro_testkit.strategies.leaves import NUMBERS, TEXTS, Drawn, json_values, matching, uuids
from ntro_testkit.strategies.subject import Subject, frontmatter_of, workflow_class_of
from ntro_testkit.strategies.values import values
from ntro_testkit.strategies.wanted import Wanted

_PLATFORM = "the platform"
SLUGS = st.from_regex(r"[a-z][a-z0-9]{0,11}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
INJECTED: Mapping[str, Drawn] = {
    "tenant_id": uuids().map(str),
    "tenant_slug": SLUGS,
    "entity_id": uuids().map(str),
    "entity_slug": SLUGS,
}
"""What the platform adds to every input, besides `ai` and `gl`, which only types describe."""

_JSON_TYPES: Mapping[str, Drawn] = {
    "string": TEXTS,
    "number": st.decimals(-(10**9), 10**9, places=2).map(float),
    "integer": NUMBERS,
    "boolean": st.booleans(),
    "array": st.lists(json_values(), max_size=3),
    "object": st.dictionaries(TEXTS, json_values(), max_size=3),
}
_MOST_TEXTS = 20


def contexts(bundle: Subject) -> Drawn:
    """Return a strategy for inputs of a run: legal for its type, possible in its start form.

    `bundle` is a directory, a loaded bundle, a workflow class or a harness. A field with an `enum`
    or a `pattern` in `config_schema.global` takes such values only. The minimal example is the
    input that is faked for a run that is given none, as far as the form allows it. Draws None for a
    run without a parameter.

    Raises `BundleError`, `MockUnavailable` for a type that has no values, and `ValueError` for a
    field whose type accepts nothing that the form allows.
    """
    workflow_class = workflow_class_of(bundle)
    definition = workflow_definition(workflow_class)
    if not definition.run.parameters:
        return st.none()
    form = _form(frontmatter_of(workflow_class))
    declared = definition.run.type_of(0)
    if is_open(declared):
        return _filled_in(form)
    platform = {name: Wanted(_PLATFORM, drawn=drawn) for name, drawn in INJECTED.items()}
    restricted = {
        name: _restriction(name, entry) for name, entry in form.items() if _restricts(entry)
    }
    return values(declared, {**platform, **restricted})


def _form(frontmatter: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the entries of the start form by name; none where there is no form."""
    schema = frontmatter.get(SCHEMA)
    entries = schema.get(GLOBAL) if isinstance(schema, dict) else None
    if not isinstance(entries, dict):
        return {}
    return {str(name): entry for name, entry in entries.items() if isinstance(entry, dict)}


def _restricts(entry: Mapping[str, Any]) -> bool:
    return isinstance(entry.get("enum"), list) or isinstance(entry.get("pattern"), str)


def _restriction(name: str, entry: Mapping[str, Any]) -> Wanted:
    """Return what the form makes of a field with an `enum` or a `pattern`."""
    who = f"`{SCHEMA}.{GLOBAL}.{name}`"
    default = [entry["default"]] if "default" in entry else []
    members, pattern = entry.get("enum"), entry.get("pattern")
    if isinstance(members, list):
        known = (*default, *members)
        return Wanted(who, known, st.sampled_from(members), members.__contains__)
    try:
        search = re.compile(str(pattern)).search
    except re.error as error:
        raise ValueError(f"{who}: `pattern` is no regular expression: {error}") from error

    def allows(value: Any) -> bool:
        return search(str(value)) is not None and not str(value).endswith("\n")

    texts = [*default, *plausible_texts(name), *texts_matching(str(pattern), 0, None, _MOST_TEXTS)]
    known = tuple(text for text in texts if allows(text))
    return Wanted(who, known, matching(str(pattern)), allows)


def is_open(declared: Any) -> bool:
    """Tell whether a type says nothing about keys, so that the form is all there is to go by."""
    origin = typing.get_origin(declared) or declared
    return origin in (Any, object, dict, Mapping, typing.Mapping)


def _filled_in(form: Mapping[str, Mapping[str, Any]]) -> Drawn:
    """Return a strategy for the mapping that the platform makes of a form."""
    required = dict(INJECTED)
    optional: dict[str, Drawn] = {}
    for name, entry in form.items():
        (optional if "default" in entry else required)[name] = _answer(name, entry)
    return st.fixed_dictionaries(required, optional=optional)


def _answer(name: str, entry: Mapping[str, Any]) -> Drawn:
    kind = _JSON_TYPES.get(str(entry.get("type")), json_values())
    if not _restricts(entry):
        return kind
    wanted = _restriction(name, entry)
    if not wanted.known:
        raise ValueError(f"{wanted.who}: no text is known that its `pattern` matches")
    known = st.sampled_from(wanted.known)
    return known if wanted.filtered is None else known | wanted.filtered
