"""Names that are bound nowhere, held against what Python itself does."""

from __future__ import annotations

import ast
import symtable
import sys

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lint_rules.facts import ModuleFacts
from lint_rules.facts.collect import collect
from lint_rules.program import Module
from lint_rules.runbook_code.sdk_use.unbound import unbound_names

NAMES = st.sampled_from(["a", "b", "c", "print"])
LINES = st.one_of(
    st.builds("{} = 1".format, NAMES),
    st.builds("{}".format, NAMES),
    st.builds("{} = [{} for {} in {}]".format, NAMES, NAMES, NAMES, NAMES),
    st.builds("{} = lambda {}: {}".format, NAMES, NAMES, NAMES),
    st.builds("for {} in {}: pass".format, NAMES, NAMES),
    st.builds("import {}".format, st.sampled_from(["a", "b", "c"])),
    st.builds("{} += 1".format, NAMES),
)


@st.composite
def bodies(draw: st.DrawFn, depth: int = 2) -> str:
    lines = draw(st.lists(LINES, min_size=1, max_size=3))
    if depth and draw(st.booleans()):
        head = draw(st.sampled_from(["def f({}):", "class {}:", "async def g(*{}):"]))
        inner = draw(bodies(depth - 1))
        declared = draw(st.sampled_from(["", "global c\n"]))
        block = "".join(f"    {line}\n" for line in (declared + inner).splitlines())
        lines.append(f"{head.format(draw(NAMES))}\n{block}".rstrip())
    return "\n".join(lines)


def has_comprehension(source: str) -> bool:
    return any(isinstance(node, ast.ListComp) for node in ast.walk(ast.parse(source)))


def unbound(source: str) -> set[str]:
    facts = collect(source.encode())
    assert isinstance(facts, ModuleFacts)
    module = Module("m", "/m.py", False, facts)
    return {found.name.name for found in unbound_names(module, tuple, tuple)}


def is_bound(symbol: symtable.Symbol) -> bool:
    return symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()


def globals_missing(source: str) -> set[str]:
    """Return the names that Python looks up in the module, and that nothing puts there."""
    top = symtable.symtable(source, "m", "exec")
    tables, waiting = [], [top]
    while waiting:
        table = waiting.pop()
        tables.append(table)
        waiting += table.get_children()
    given = {s.get_name() for s in top.get_symbols() if is_bound(s)}
    for table in tables:
        given |= {
            s.get_name() for s in table.get_symbols() if s.is_declared_global() and is_bound(s)
        }
    read: set[str] = set()
    for table in tables:
        for symbol in table.get_symbols():
            looked_up = symbol.is_global() or (table is top and not is_bound(symbol))
            if symbol.is_referenced() and looked_up:
                read.add(symbol.get_name())
    return read - given - {"print"}


@settings(max_examples=400)
@given(bodies())
def test_the_names_are_those_that_python_would_look_for_in_vain(source: str) -> None:
    try:
        expected = globals_missing(source)
    except SyntaxError:
        return
    # From 3.12 on, what a comprehension reads need not be in any table.
    assume(sys.version_info < (3, 12) or not has_comprehension(source))
    assert unbound(source) == expected
