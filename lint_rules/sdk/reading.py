"""Reads a module of the SDK from its source into the form of the tables."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from lint_rules.sdk import table
from lint_rules.sdk.table import ModuleTable

_TOP = "ntro"
_LAZY = "_LAZY_EXPORTS"
_ENUMS = frozenset({"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"})
_SCALARS = frozenset({"str", "int"})
_NO_BASES = frozenset({"object", "ABC", "Protocol", "Generic"})
_KEEPING = frozenset(
    {"abstractmethod", "asynccontextmanager", "cache", "classmethod", "contextmanager", "defn"}
    | {"lru_cache", "overload", "query", "signal", "staticmethod", "wraps"}
)
"""Decorators after which a function is called as it is written."""
_PROPERTIES = frozenset({"property", "cached_property", "computed_field"})

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def read_module(name: str, source: str, *, is_package: bool) -> ModuleTable:
    """Return what a module has; raises SyntaxError for what is no Python."""
    return _Reader(name, is_package).module(ast.parse(source))


class _Reader:
    def __init__(self, name: str, is_package: bool) -> None:
        self._parts = name.split(".")
        self._is_package = is_package
        self._name = name
        self._names: dict[str, str | dict[str, str]] = {}

    def module(self, tree: ast.Module) -> ModuleTable:
        lazy: ast.expr | None = None
        for node in _statements(tree.body):
            match node:
                case ast.AnnAssign(ast.Name(target), _, value) if target == _LAZY:
                    lazy = value
                case ast.Assign([ast.Name(target)], value) if target == _LAZY:
                    lazy = value
            self._read(node)
        if "__getattr__" in self._names:
            self._lazy(lazy)
        return self._names

    def _lazy(self, exports: ast.expr | None) -> None:
        """Add what `__getattr__` gives; what cannot be read may be anything."""
        try:
            pairs = ast.literal_eval(exports) if exports is not None else None
        except ValueError:
            pairs = None
        if not isinstance(pairs, dict):
            self._names[table.OPEN] = ""
            return
        for name, (module, there) in pairs.items():
            self._names[name] = f"{table.ALIAS}{module}:{there}"

    def _read(self, node: ast.stmt) -> None:
        match node:
            case ast.Import(aliases):
                for alias in aliases:
                    self._import(alias)
            case ast.ImportFrom():
                self._import_from(node)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._names[node.name] = _function(node)
            case ast.ClassDef():
                self._names[node.name] = self._class(node)
            case ast.Assign(targets, value):
                for name in _bound(targets):
                    self._names[name] = self._value(value)
            case ast.AnnAssign(ast.Name(name), _, value) if value is not None:
                self._names[name] = self._value(value)
            case ast.For(target) | ast.AsyncFor(target):
                self._names.update(dict.fromkeys(_bound([target]), ""))
            case ast.Delete(targets):
                for name in _bound(targets):
                    self._names.pop(name, None)

    def _import(self, alias: ast.alias) -> None:
        bound = alias.asname or alias.name.partition(".")[0]
        target = alias.name if alias.asname else bound
        self._names[bound] = f"{table.ALIAS}{target}:" if _is_ours(target) else ""

    def _import_from(self, node: ast.ImportFrom) -> None:
        module = self._absolute(node)
        for alias in node.names:
            if alias.name == "*":
                self._names[table.OPEN] = ""
                continue
            there = f"{table.ALIAS}{module}:{alias.name}" if _is_ours(module) else ""
            self._names[alias.asname or alias.name] = there

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        drop = node.level - 1 if self._is_package else node.level
        base = self._parts[: len(self._parts) - drop]
        return ".".join([*base, node.module] if node.module else base)

    def _value(self, value: ast.expr) -> str:
        match value:
            case ast.Call(ast.Name(maker)) if isinstance(self._names.get(maker), dict):
                return f"{table.OBJECT}{self._name}:{maker}"
            case ast.Name(other) if other in self._names:
                return f"{table.ALIAS}{self._name}:{other}"
            case _:
                return ""

    # --- classes -----------------------------------------------------------------------------

    def _class(self, node: ast.ClassDef) -> dict[str, str]:
        members: dict[str, str] = {}
        for each in _statements(node.body):
            match each:
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    if each.name == "__init__":
                        members[table.MAKING] = _method(each)
                    members[each.name] = self._member(each)
                    members.update(dict.fromkeys(_own_attributes(each), ""))
                case ast.Assign(targets):
                    members.update(dict.fromkeys(_bound(targets), ""))
                case ast.AnnAssign(ast.Name(name)):
                    members[name] = ""
                case ast.ClassDef():
                    members[each.name] = ""
        bases = " ".join(dict.fromkeys(self._bases(node)))
        if bases:
            members[table.BASES] = bases
        return members

    def _bases(self, node: ast.ClassDef) -> Iterator[str]:
        names = [_last(base) for base in node.bases]
        is_enum = not _ENUMS.isdisjoint(names)
        if node.keywords or (node.decorator_list and not is_enum):
            yield table.OUTSIDE
        for base, name in zip(node.bases, names, strict=True):
            known = self._names.get(name) if isinstance(base, ast.Name) else None
            if isinstance(known, dict):
                yield f"{self._name}:{name}"
            elif known and known.startswith(table.ALIAS):
                yield known[1:]
            elif name in _ENUMS:
                yield table.ENUM
            elif name not in _NO_BASES and not (is_enum and name in _SCALARS):
                yield table.OUTSIDE

    def _member(self, node: _Function) -> str:
        if any(_last(each) in _PROPERTIES for each in node.decorator_list):
            return self._property(node)
        return _method(node)

    def _property(self, node: _Function) -> str:
        """Return what a property gives, if it merely hands over something of the SDK."""
        match node.body[-1]:
            case ast.Return(ast.Name(name)):
                known = self._names.get(name)
                return known if isinstance(known, str) and known[:1] == table.ALIAS else ""
            case _:
                return ""


def _statements(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements that importing may run, whatever the conditions."""
    for node in body:
        match node:
            case ast.If(test, then, otherwise):
                if _last(test) != "TYPE_CHECKING":
                    yield from _statements(then)
                yield from _statements(otherwise)
            case ast.Try(tried, handlers, otherwise, final):
                yield from _statements(tried)
                for handler in handlers:
                    yield from _statements(handler.body)
                yield from _statements([*otherwise, *final])
            case ast.With(_, inner) | ast.AsyncWith(_, inner):
                yield from _statements(inner)
            case _:
                yield node


def _bound(targets: Iterable[ast.expr]) -> Iterator[str]:
    for target in targets:
        for node in ast.walk(target):
            if isinstance(node, ast.Name):
                yield node.id


def _own_attributes(method: _Function) -> Iterator[str]:
    """Yield the attributes that a method gives to its object."""
    arguments = [*method.args.posonlyargs, *method.args.args]
    if not arguments:
        return
    for node in ast.walk(method):
        match node:
            case ast.Attribute(ast.Name(owner), name, ast.Store()) if owner == arguments[0].arg:
                yield name


def _function(node: _Function, *, bound: bool = False) -> str:
    if any(_last(each) not in _KEEPING for each in node.decorator_list):
        return ""
    return signature(node.args, bound=bound)


def _method(node: _Function) -> str:
    return _function(node, bound=all(_last(e) != "staticmethod" for e in node.decorator_list))


def signature(arguments: ast.arguments, *, bound: bool) -> str:
    """Return the parameters as a table has them; those of a bound method without the first."""
    places = [*arguments.posonlyargs, *arguments.args]
    optional = len(places) - len(arguments.defaults)
    parts = [f"{a.arg}=" if n >= optional else a.arg for n, a in enumerate(places)]
    if arguments.posonlyargs:
        parts.insert(len(arguments.posonlyargs), "/")
    if bound:
        parts = parts[1:]
        if parts[:1] == ["/"]:
            parts = parts[1:]
    if arguments.vararg:
        parts.append(f"*{arguments.vararg.arg}")
    elif arguments.kwonlyargs:
        parts.append("*")
    for each, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        parts.append(each.arg if default is None else f"{each.arg}=")
    if arguments.kwarg:
        parts.append(f"**{arguments.kwarg.arg}")
    return f"({', '.join(parts)})"


def _last(expression: ast.expr) -> str:
    """Return the last name of a decorator, a base class or a test; empty when it has none."""
    match expression:
        case ast.Call(function):
            return _last(function)
        case ast.Subscript(value):
            return _last(value)
        case ast.Attribute(_, name) | ast.Name(name):
            return name
        case _:
            return ""


def _is_ours(module: str) -> bool:
    return module == _TOP or module.startswith(f"{_TOP}.")
