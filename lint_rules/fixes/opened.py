"""One module opened for fixing: its text and facts, from one parse, for all requests."""

from __future__ import annotations

import ast
import io
import tokenize
import warnings
from collections import defaultdict
from functools import cached_property

from lint_rules.facts import ModuleFacts, ParseProblem, View
from lint_rules.facts.expressions import Expression, Name, Opaque
from lint_rules.facts.records import Span
from lint_rules.files.source_text import SourceText, split_mark
from lint_rules.fixes.names import Names
from lint_rules.fixes.requests import Refusal


class OpenedModule:
    """A module's text with its facts and indexes; `open_module` makes it."""

    def __init__(self, source: SourceText, facts: ModuleFacts) -> None:
        self.source = source
        self.facts = facts
        self.view = View(facts)
        self.names = Names(facts)

    @cached_property
    def by_span(self) -> dict[tuple[int, int, int, int], list[Expression]]:
        """The expressions at each range, the innermost first."""
        found: dict[tuple[int, int, int, int], list[Expression]] = defaultdict(list)
        for expression in self.facts.expressions:
            found[self.facts.span(expression)].append(expression)
        return dict(found)

    @cached_property
    def uses(self) -> dict[tuple[int | None, str], list[Span]]:
        """Where each name is read, by the scope that holds it."""
        found: dict[tuple[int | None, str], list[Span]] = defaultdict(list)
        for expression in self.facts.expressions:
            if isinstance(expression, Name):
                holder = self.names.holder(expression.name, self.facts.scope_of(expression))
                found[holder, expression.name].append(self.facts.span(expression))
        return dict(found)

    @cached_property
    def has_unknown_syntax(self) -> bool:
        """Whether something may use names that are not in the facts."""
        return any(isinstance(expression, Opaque) for expression in self.facts.expressions)

    @cached_property
    def twin(self) -> ast.Module:
        """The same text as `ast`, which knows where statements stand."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(self.source.text)


def open_module(source: str) -> OpenedModule | Refusal:
    """Parse a module, or say why that is impossible."""
    from lint_rules.facts.collect import collect

    _, text = split_mark(source)
    try:
        facts = collect(encode(text))
    except (SyntaxError, UnicodeEncodeError) as error:
        return Refusal(f"the module cannot be encoded as it says: {error}")
    if isinstance(facts, ParseProblem):
        return Refusal(f"the module cannot be read: {facts.message}")
    return OpenedModule(SourceText(text), facts)


def encode(text: str) -> bytes:
    """Encode a text as its own coding cookie says, else as UTF-8.

    Raises SyntaxError for an unknown encoding, UnicodeEncodeError for text that it cannot hold.
    """
    head = text.encode("utf-8", "surrogatepass")
    encoding, _ = tokenize.detect_encoding(io.BytesIO(head).readline)
    return text.encode(encoding)
