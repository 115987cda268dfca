"""The place of one fix while its edits are being made: what the fixes ask and what they change."""

from __future__ import annotations

import re

from lint_rules.facts.expressions import Call, Expression, FormattedString, Starred
from lint_rules.facts.records import Scope, Span
from lint_rules.files.source_text import Position
from lint_rules.fixes.edits import TextEdit
from lint_rules.fixes.needs import RUNBOOK, WORKFLOW, Need, Reader, Spelling, find_existing, spell
from lint_rules.fixes.opened import OpenedModule
from lint_rules.fixes.requests import Facade

# What can stand between the parts of a call: breaks, comments, parentheses, commas.
_GLUE = re.compile(r"(?:[ \t\f\r\n]|\\\r?\n?|#[^\r\n]*)*")
_SHOWN_AS_WRITTEN = re.compile(r"\s*=\s*[!:}]")


class RefusedError(Exception):
    """The fix cannot be made here; the message says why, as half a sentence."""


class Site:
    """An expression to change, the edits so far, and the names they need."""

    def __init__(self, module: OpenedModule, expression: Expression, facade: Facade) -> None:
        self.module = module
        self.expression = expression
        self.facade = facade
        self.edits: list[TextEdit] = []
        self.spellings: list[Spelling] = []

    # --- questions ---------------------------------------------------------------------------

    @property
    def scope(self) -> Scope:
        """The scope that evaluates the expression."""
        return self.module.facts.scope_of(self.expression)

    @property
    def parent(self) -> Expression | None:
        """The expression around."""
        return self.module.view.parents.get(self.expression.number)

    @property
    def call(self) -> Call:
        """The expression, which must be a call."""
        if not isinstance(self.expression, Call):
            raise RefusedError("what stands there is no call")
        return self.expression

    def span(self, expression: Expression) -> Span:
        """Return the range of an expression."""
        return self.module.facts.span(expression)

    def text(self, expression: Expression) -> str:
        """Return an expression as written."""
        span = self.span(expression)
        return self.module.source.between(span[:2], span[2:])

    def means(self, expression: Expression, *allowed: str) -> bool:
        """Tell whether a dotted name is certainly one of these, by the module's own imports."""
        meaning = self.module.names.meaning(expression)
        return bool(meaning) and meaning <= set(allowed)

    def require_callee(self, *allowed: str) -> Call:
        """Return the call; refuse one of anything but these functions."""
        call = self.call
        if not self.means(call.function, *allowed):
            raise RefusedError(f"the module does not itself say that this is `{allowed[0]}`")
        return call

    def require_arguments(self, call: Call, most: int, *keywords: str) -> None:
        """Refuse more positional arguments, other keywords, and anything starred."""
        if len(call.arguments) > most:
            raise RefusedError("it has more arguments than the fix can carry over")
        if any(isinstance(argument, Starred) for argument in call.arguments):
            raise RefusedError("it passes arguments with `*`")
        for keyword in call.keywords:
            if keyword.name is None:
                raise RefusedError("it passes arguments with `**`")
            if keyword.name not in keywords:
                raise RefusedError(f"the argument `{keyword.name}` cannot be carried over")

    def require_builtin(self, name: str) -> None:
        """Refuse where the name of a builtin means something else."""
        names = self.module.names
        if names.holder(name, self.scope) is not None or name in names.declared:
            raise RefusedError(f"`{name}` is no longer the builtin here")

    def require_run_time(self) -> None:
        """Refuse what importing the module evaluates: there is no workflow then."""
        if self.module.view.runs_at_import(self.expression):
            raise RefusedError("it is evaluated when the module is imported")

    def require_async(self) -> None:
        """Refuse where `await` would be a syntax error or make something else asynchronous."""
        scope = self.scope
        if scope.kind != "function" or scope.owner is None:
            raise RefusedError(f"`await` cannot stand in a {scope.kind}")
        if not self.module.facts.functions[scope.owner].is_async:
            raise RefusedError("the function around is not async")

    def require_not_shown_as_written(self) -> None:
        """Refuse in `f"{expression=}"`, whose value is the text of the expression."""
        parents = self.module.view.parents
        inner: Expression = self.expression
        while (outer := parents.get(inner.number)) is not None:
            if isinstance(outer, FormattedString):
                source = self.module.source
                if _SHOWN_AS_WRITTEN.match(source.text, source.offset(self.span(inner)[2:])):
                    raise RefusedError("its text is part of an f-string with `=`")
            inner = outer

    # --- changes -----------------------------------------------------------------------------

    def replace(self, expression: Expression, text: str) -> None:
        """Put text in the place of an expression; refuse to lose a comment."""
        if "#" in self.text(expression):
            raise RefusedError("a comment inside would be lost")
        span = self.span(expression)
        self.edits.append(TextEdit(span[:2], span[2:], text))

    def insert(self, position: Position, text: str) -> None:
        """Put text in front of a position."""
        self.edits.append(TextEdit(position, position, text))

    def replace_sign(self, position: Position, text: str) -> None:
        """Put text in the place of the one character at a position."""
        line, column = position
        self.edits.append(TextEdit(position, (line, column + 1), text))

    def wrap(self, before: str, after: str) -> None:
        """Put text around the expression."""
        span = self.span(self.expression)
        self.insert(span[:2], before)
        self.insert(span[2:], after)

    def use(self, need: Need) -> str:
        """Return how a name is written here, and remember that it is needed."""
        return self._using(spell(self.module.facts, self.module.names, need, self._reader))

    def use_existing(self, need: Need) -> str | None:
        """Return how a name is written here if it is imported already."""
        found = find_existing(self.module.facts, self.module.names, need, self._reader)
        return self._using(found) if found else None

    @property
    def _reader(self) -> Reader:
        at_import = self.module.view.runs_at_import(self.expression)
        return Reader(self.scope, self.span(self.expression)[:2], at_import)

    def _using(self, spelling: Spelling) -> str:
        self.spellings.append(spelling)
        return spelling.text

    def use_facade(self) -> str:
        """Return how the facade is written here."""
        self.require_run_time()
        return self.use(RUNBOOK if self.facade == "ntro" else WORKFLOW)

    # --- parts of a call ---------------------------------------------------------------------

    def opening(self, call: Call) -> Position:
        """Return the position of the parenthesis that opens the arguments."""
        source = self.module.source
        at = _skip(source.text, source.offset(self.span(call.function)[2:]), ")")
        if source.text[at : at + 1] != "(":
            raise RefusedError("the call cannot be found in the text")
        return source.position(at)

    def inside(self, call: Call) -> Position:
        """Return the position of the first argument, its parentheses included."""
        source = self.module.source
        return source.position(_skip(source.text, source.offset(self.opening(call)) + 1, ""))

    def add_argument(self, call: Call, argument: str, closing: str = "") -> None:
        """Put one more argument behind the others, on a line of its own if they have that.

        `closing` goes between them and the comma before it.
        """
        source = self.module.source
        close = source.offset(self.span(call)[2:]) - 1
        given = [*call.arguments, *(keyword.value for keyword in call.keywords)]
        if not given:
            self.insert(source.position(close), argument)
            return
        last = max(self.span(each) for each in given)
        if source.offset(last[2:]) > close:
            raise RefusedError("it is given a generator without parentheses of its own")
        after, comma = _after_last(source.text, source.offset(last[2:]), close)
        line, _ = source.position(close)
        own_line = not source.text[source.offset((line, 1)) : close].strip()
        if not (comma and own_line):
            text = f"{closing}, {argument}" if closing or not comma else argument
            self.insert(source.position(after), f" {text}" if comma else text)
            return
        indent = re.match(r"[ \t]*", source.line(last.line))
        margin = indent.group() if indent else ""
        lines = [each for each in (closing, argument) if each]
        text = "".join(f"{margin}{each},{source.newline}" for each in lines)
        self.insert((line, 1), text)


def _skip(text: str, at: int, signs: str) -> int:
    """Return the offset behind breaks, comments and these signs."""
    while True:
        glue = _GLUE.match(text, at)
        at = glue.end() if glue else at
        if not text[at : at + 1] or text[at] not in signs:
            return at
        at += 1


def _after_last(text: str, at: int, close: int) -> tuple[int, bool]:
    """Return where the last argument ends, its parentheses and comma included, and if it has one.

    Arguments are followed by nothing but breaks, comments, parentheses and one comma.
    """
    end, comma = at, False
    while (at := _skip(text, at, "")) < close:
        comma = text[at] == ","
        at += 1
        end = at
    return end, comma
