"""What the walk finds, construct by construct."""

from __future__ import annotations

import libcst as cst
import pytest

from lint_rules.facts import expressions as kinds
from lint_rules.facts.records import STAR
from tests.lint_rules.facts.reading import facts_of, view_of
from tests.lint_rules.facts.spelling import spell

BINDINGS: list[tuple[str, list[tuple[object, ...]]]] = [
    ("x = a", [("x", "assign", "a", ())]),
    ("x = y = a", [("x", "assign", "a", ()), ("y", "assign", "a", ())]),
    ("x, y = a, b", [("x", "assign", "a", ()), ("y", "assign", "b", ())]),
    ("x, y = a", [("x", "assign", "a", (0,)), ("y", "assign", "a", (1,))]),
    (
        "x, (y, *z) = a",
        [("x", "assign", "a", (0,)), ("y", "assign", "a", (1, 0)), ("z", "assign", "a", (1, STAR))],
    ),
    (
        "[x, *y] = a, b, c",
        [("x", "assign", "(a, b, c)", (0,)), ("y", "assign", "(a, b, c)", (STAR,))],
    ),
    ("x: int = a", [("x", "assign", "a", ())]),
    ("x: int", [("x", "declare", None, ())]),
    ("x += a", [("x", "augment", "a", ())]),
    ("f(x := a)", [("x", "walrus", "a", ())]),
    ("for x, y in a: pass", [("x", "for", "a", (0,)), ("y", "for", "a", (1,))]),
    (
        "with a() as x, b as (y, z): pass",
        [("x", "with", "a()", ()), ("y", "with", "b", (0,)), ("z", "with", "b", (1,))],
    ),
    ("try: pass\nexcept (A, B) as x: pass", [("x", "except", "(A, B)", ())]),
    ("try: pass\nexcept* A as x: pass", [("x", "except", "A", ())]),
    ("del x, y", [("x", "delete", None, ()), ("y", "delete", None, ())]),
    ("del (x, y)", [("x", "delete", None, (0,)), ("y", "delete", None, (1,))]),
    ("import a.b, c as d", [("a", "import", None, ()), ("d", "import", None, ())]),
    ("from .a import b as c", [("c", "import", None, ())]),
    ("from a import *", []),
    ("class C(B): pass", [("C", "class", None, ())]),
    ("def f(): pass", [("f", "function", None, ())]),
    (
        "match a:\n case [x, *y] | {'k': x, **z}: pass",
        [
            ("x", "match", "a", ()),
            ("y", "match", "a", ()),
            ("x", "match", "a", ()),
            ("z", "match", "a", ()),
        ],
    ),
    (
        "match a:\n case C(q, k=x) as y: pass",
        [("q", "match", "a", ()), ("x", "match", "a", ()), ("y", "match", "a", ())],
    ),
    ("match a:\n case _: pass", []),
]


@pytest.mark.parametrize(("source", "expected"), BINDINGS, ids=[s for s, _ in BINDINGS])
def test_bindings(source: str, expected: list[tuple[object, ...]]) -> None:
    found = [
        (b.name, b.kind, None if b.value is None else spell(b.value), b.path)
        for b in facts_of(source).bindings
    ]
    assert found == expected


EXPRESSIONS = [
    "a.b.c(d, *e, f=g, **h)",
    "a[1]",
    "a[1:2, ...]",
    "a[b:c:d]",
    "a[(1, 2)]",
    "[a, *b]",
    "{a, b}",
    "{a: b, **c}",
    "(a, b)",
    "(a if b else c)",
    "(a and b and (c or d))",
    "((a and b) and c)",
    "(a < b <= c is not d)",
    "(a not in b)",
    "(not a)",
    "(-a)",
    "((a + b) * c)",
    "(x := a)",
    "f(a for x in b if c)",
    "[a for x in b for x in c if d if e]",
    "{a: b for x in c}",
    "{a async for x in b}",
    "f'{a!r:>{b}}{c}'",
    "'a\\nb'",
    "True",
    "None",
    "1.5",
]


@pytest.mark.parametrize("source", EXPRESSIONS)
def test_expressions(source: str) -> None:
    facts = facts_of(f"async def g():\n    return {source}\n")
    value = facts.leaves[0].value
    assert value is not None
    assert spell(value) == source


def test_joined_strings_are_one() -> None:
    assert spell(facts_of("x = 'a' \"b\" '''c'''").bindings[0].value) == "'abc'"
    assert spell(facts_of("x = 'a' f'{b}' f'{c}'").bindings[0].value) == "f'{b}{c}'"


def test_awaited_and_discarded_calls() -> None:
    calls = view_of("""
        async def f():
            a()
            await b()
            x = await c()
            return d()
    """).calls
    found = {spell(c.call): (c.awaited, c.discarded) for c in calls}
    assert found == {
        "a()": (False, True),
        "b()": (True, True),
        "c()": (True, False),
        "d()": (False, False),
    }


def test_references_are_names_that_are_not_called() -> None:
    found = view_of("x = f(a.b, key=c.d.e()); g.h.i[j]; y.z = w").references
    assert [spell(e) for e in found] == ["a.b", "g.h.i", "j", "w"]


def test_iterations() -> None:
    view = view_of("""
        for x in a: pass
        [y for y in b for z in c]
        f(*d)
        def g():
            yield from e
    """)
    found = sorted((spell(i.iterable), i.by) for i in view.iterations)
    assert found == [
        ("a", "for"),
        ("b", "comprehension"),
        ("c", "comprehension"),
        ("d", "star"),
        ("e", "yield from"),
    ]


def test_scopes_of_comprehensions_and_lambdas() -> None:
    facts = facts_of("class C:\n    x = [b for a in c if d]\n    y = lambda e=f: g\n")
    where = {e.name: facts.scope_of(e).kind for e in facts.expressions if isinstance(e, kinds.Name)}
    assert where == {
        "c": "class",
        "b": "comprehension",
        "d": "comprehension",
        "f": "class",
        "g": "lambda",
    }
    assert [s.qualname for s in facts.scopes] == ["", "C", "C", "C.<lambda>"]


def test_a_walrus_in_a_comprehension_binds_outside() -> None:
    facts = facts_of("def f():\n    return [x := a for b in c]\n")
    scopes = {b.name: facts.scopes[b.scope].kind for b in facts.bindings}
    assert scopes == {"f": "module", "x": "function", "b": "comprehension"}


def test_functions() -> None:
    facts = facts_of("""
        class C:
            @a.b(c)
            async def m(self, x: int = d, /, y=e, *args: f, k, l=g, **kw) -> h:
                def inner():
                    yield 1
                return lambda z: z
    """)
    method, inner, nameless = facts.functions
    assert (method.qualname, method.is_async, method.is_generator) == ("C.m", True, False)
    assert method.owner_class == 0
    assert [spell(d) for d in method.decorators] == ["a.b(c)"]
    assert [
        (p.name, p.kind, p.annotation and spell(p.annotation), p.default and spell(p.default))
        for p in method.parameters
    ] == [
        ("self", "positional", None, None),
        ("x", "positional", "int", "d"),
        ("y", "plain", None, "e"),
        ("args", "variadic", "f", None),
        ("k", "keyword", None, None),
        ("l", "keyword", None, "g"),
        ("kw", "keywords", None, None),
    ]
    assert (inner.qualname, inner.is_generator, inner.owner_class) == ("C.m.inner", True, None)
    assert nameless.body is not None
    assert spell(nameless.body) == "z"


def test_classes() -> None:
    facts = facts_of("@d\nclass C(A, b.B, *x, metaclass=M, **k): pass\n")
    [found] = facts.classes
    assert [spell(b) for b in found.bases] == ["A", "b.B", "*x"]
    assert [(k.name, spell(k.value)) for k in found.keywords] == [("metaclass", "M"), (None, "k")]
    assert [spell(d) for d in found.decorators] == ["d"]


def test_imports() -> None:
    facts = facts_of("""
        import a.b
        from ..c import d as e
        from . import *
        try:
            import f
        except ImportError:
            f = None
        if TYPE_CHECKING:
            import g
        def h():
            with workflow.unsafe.imports_passed_through():
                import i
    """)
    found = [
        (i.module, i.level, i.name, i.bound, i.conditional, i.typing_only) for i in facts.imports
    ]
    assert found == [
        ("a.b", 0, None, "a", False, False),
        ("c", 2, "d", "e", False, False),
        ("", 1, "*", None, False, False),
        ("f", 0, None, "f", True, False),
        ("g", 0, None, "g", True, True),
        ("i", 0, None, "i", False, False),
    ]


EXPORTS = [
    ("__all__ = ['a', 'b']", (("a", "b"), False)),
    ("__all__ = ('a',) + ('b',)", (("a", "b"), False)),
    (
        "__all__ = ['a']\n__all__ += ['b']\n__all__.extend(['c'])\n__all__.append('d')",
        (("a", "b", "c", "d"), False),
    ),
    ("__all__ = ['a', *other]", (("a",), True)),
    ("__all__ = ['a'] + m.__all__", (("a",), True)),
    ("x = 1", (None, False)),
]


@pytest.mark.parametrize(("source", "expected"), EXPORTS, ids=[s for s, _ in EXPORTS])
def test_exports(source: str, expected: tuple[object, bool]) -> None:
    facts = facts_of(source)
    assert (facts.exports, facts.exports_are_partial) == expected


def test_writes() -> None:
    facts = facts_of("""
        self.x = a
        self.y: int = b
        c['k'] += d
        for e.f in g: pass
        del h[i], j.k
        (l.m, n) = o
    """)
    assert [
        (spell(w.target), w.kind, w.value and spell(w.value), w.path) for w in facts.writes
    ] == [
        ("self.x", "assign", "a", ()),
        ("self.y", "assign", "b", ()),
        ("c['k']", "augment", "d", ()),
        ("e.f", "for", "g", ()),
        ("h[i]", "delete", None, ()),
        ("j.k", "delete", None, ()),
        ("l.m", "assign", "o", (0,)),
    ]


def test_blocks() -> None:
    view = view_of("""
        def f():
            if a:
                for b in c:
                    d()
                else:
                    e()
            elif g:
                while h:
                    with i as j, k:
                        l()
            else:
                m()
    """)
    inside = {spell(c.call): [b.kind for b in view.enclosing_blocks(c.block)] for c in view.calls}
    assert inside == {
        "d()": ["for", "if", "body"],
        "e()": ["else", "if", "body"],
        "l()": ["with", "with", "while", "if", "else", "body"],
        "m()": ["else", "else", "body"],
    }
    heads = [(b.kind, spell(b.head)) for b in view.facts.blocks if b.head is not None]
    assert heads == [
        ("if", "a"),
        ("for", "c"),
        ("if", "g"),
        ("while", "h"),
        ("with", "i"),
        ("with", "k"),
    ]


def test_try_shapes() -> None:
    facts = facts_of("""
        async def f():
            try:
                await a()
            except (A, b.B) as e:
                if c:
                    raise
            except C as e:
                raise e
            except D as e:
                raise X from e
            except:
                def inner():
                    raise
            else:
                pass
            finally:
                for x in y:
                    break
                while z:
                    return
    """)
    [shape] = facts.tries
    assert shape.awaits
    assert [([spell(t) for t in h.types], h.name, h.reraises) for h in shape.handlers] == [
        (["A", "b.B"], "e", True),
        (["C"], "e", True),
        (["D"], "e", False),
        ([], None, False),
    ]
    assert [facts.leaves[n].kind for n in shape.overrides] == ["return"]
    assert shape.otherwise is not None


def test_an_await_in_a_nested_function_is_not_in_the_try() -> None:
    facts = facts_of("""
        def f():
            try:
                async def g():
                    await a()
            finally:
                pass
    """)
    assert not facts.tries[0].awaits


def test_import_time_code() -> None:
    view = view_of("""
        a()
        class C:
            x = b()
            y = [c() for z in d()]
            @e()
            def m(self, k=f()):
                g()
                class D:
                    w = h()
        v = lambda q=i(): j()
    """)
    at_import = {spell(c.call) for c in view.calls if view.runs_at_import(c.call)}
    assert at_import == {"a()", "b()", "c()", "d()", "e()", "f()", "i()"}


def test_contexts_say_what_becomes_of_a_value() -> None:
    view = view_of("x = a()\nself.y = b()\nif c(): pass\ndef f(): return d()\ne()\nlambda: g()\n")
    found = {
        spell(c.call): [type(r).__name__ for r in view.contexts.get(c.call.number, [])]
        for c in view.calls
    }
    assert found == {
        "a()": ["Binding"],
        "b()": ["Write"],
        "c()": ["Block"],
        "d()": ["Leave"],
        "e()": [],
        "g()": ["Function"],
    }


def test_parents() -> None:
    view = view_of("x = f(a + b(c))")
    [c] = [e for e in view.facts.expressions if isinstance(e, kinds.Name) and e.name == "c"]
    chain = [spell(c)]
    number = c.number
    while number in view.parents:
        chain.append(spell(view.parents[number]))
        number = view.parents[number].number
    assert chain == ["c", "b(c)", "(a + b(c))", "f((a + b(c)))"]


def test_docstrings_are_left_out() -> None:
    assert facts_of('"""Doc."""\ndef f():\n    """Doc."""\n').expressions == ()


def test_arguments_are_read_in_the_order_of_the_source() -> None:
    facts = facts_of("f(a=x, *y, b=z, **w)\nclass C(k=x, *y): pass\n")
    names = [e.name for e in facts.expressions if isinstance(e, kinds.Name)]
    assert names == ["f", "x", "y", "z", "w", "x", "y"]


def test_names_are_normalised_as_python_does() -> None:
    facts = facts_of("def ﬁ(ﬂ): return w.ﬁ\n")
    assert [(b.name, b.span.column, b.span.end_column) for b in facts.bindings] == [
        ("fi", 5, 6),
        ("fl", 7, 8),
    ]
    assert spell(facts.leaves[0].value) == "w.fi"


REFUSED_BY_LIBCST = ["(b): int", "class C(a=b, *c): pass"]


@pytest.mark.parametrize("source", REFUSED_BY_LIBCST)
def test_what_libcst_refuses_has_facts(source: str) -> None:
    with pytest.raises(cst.ParserSyntaxError):
        cst.parse_module(source)
    assert facts_of(source).expressions


OPENINGS = {
    "async for x in y: pass": ("for", 9),
    "async   for x in y: pass": ("for", 11),
    "async\twith x: pass": ("with", 10),
    "for x in y: pass": ("for", 3),
    "with(x): pass": ("with", 4),
}


@pytest.mark.parametrize("source", OPENINGS)
def test_a_loop_or_with_stands_where_its_keywords_stand(source: str) -> None:
    facts = facts_of(f"async def é():\n  {source}\n")
    kind, length = OPENINGS[source]
    assert (facts.blocks[-1].kind, facts.blocks[-1].span) == (kind, (2, 3, 2, 3 + length))


NAMES = ["def f(): pass", "async  def\tf(): pass", "class f: pass", "class  f(): pass"]


@pytest.mark.parametrize("source", NAMES)
def test_a_definition_stands_where_its_name_stands(source: str) -> None:
    facts = facts_of(f"if é:\n  {source}\n")
    [defined] = [*facts.functions, *facts.classes]
    column = 3 + source.replace("def", "___").index("f")
    assert defined.span == (2, column, 2, column + 1)


def test_an_empty_module() -> None:
    facts = facts_of(b"")
    assert facts.expressions == ()
    assert [s.kind for s in facts.scopes] == ["module"]
