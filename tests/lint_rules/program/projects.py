"""Small projects from source texts, and meanings as short texts."""

from __future__ import annotations

from textwrap import dedent

from lint_rules.facts import ParseProblem
from lint_rules.facts.collect import collect
from lint_rules.facts.expressions import Call, Name
from lint_rules.hazards import load
from lint_rules.program import (
    External,
    Getter,
    Instance,
    Meaning,
    Module,
    Namespace,
    Partial,
    Program,
    Super,
    Unknown,
    Written,
)

TABLE = load()


class Project:
    """Modules by dotted name; a name that ends in `.__init__` is a package."""

    def __init__(self, files: dict[str, str]) -> None:
        self.files = files
        self.loads: list[str] = []
        self.program = Program(self.load, TABLE.result_type)

    def load(self, name: str) -> Module | None:
        self.loads.append(name)
        package = f"{name}.__init__"
        text = self.files.get(name, self.files.get(package))
        if text is None:
            return None
        facts = collect(dedent(text).encode())
        assert not isinstance(facts, ParseProblem), facts
        return Module(name, f"{name}.py", package in self.files, facts)

    def probed(self, module_name: str = "main") -> list[str]:
        """Return what the argument of each `probe(..)` in a module means, one text per probe."""
        module = self.program.modules[module_name]
        found = []
        for expression in module.facts.expressions:
            match expression:
                case Call(_, Name(_, "probe"), (argument,)):
                    meanings = self.program.resolve(module, argument)
                    texts = sorted(self.describe(meaning) for meaning in meanings)
                    found.append(" | ".join(texts))
        return found

    def describe(self, meaning: Meaning) -> str:
        """Return a meaning as text; an object of a class has `()` behind its name."""
        match meaning:
            case Unknown():
                return "?"
            case Instance(of):
                return f"{self.describe(of)}()"
            case Partial(target):
                return f"partial {self.describe(target)}"
            case Namespace(of):
                return f"vars {self.describe(of)}"
            case Super(of, _):
                return f"super {self.describe(of)}"
            case Getter(name):
                return f"getter {name}"
            case Written():
                return "written"
            case External(name, "builtin"):
                return name.removeprefix("builtins.")
            case _:
                return str(self.program.qualified_name(meaning))


def probe(source: str, files: dict[str, str] | None = None) -> str:
    """Return what the only probe of a module means; `files` are the other modules."""
    [found] = Project({"main": source, **(files or {})}).probed()
    return found
