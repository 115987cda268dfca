"""NTR528, NTR529: `config_schema` as fragments of JSON Schema, and the values beside them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lint_rules.config.settings import Settings
from lint_rules.engine import Run
from lint_rules.fixing.fix_run import fix
from tests.lint_rules.petty_cash import PETTY_CASH, planted, said
from tests.lint_rules.rules.bundle.declared import LIMIT, MANIFEST, SCHEMA, schema, with_entry

# --- NTR528 config-schema-form -------------------------------------------------------------------


@pytest.mark.parametrize(
    "body, message",
    [
        ("config_schema: [period]\n", "`config_schema` is a list"),
        ("config_schema: text\n", "`config_schema` is text"),
        ("config_schema:\n  type: object\n  properties: {}\n", "a whole JSON Schema"),
        ("config_schema:\n  $schema: x\n", "a whole JSON Schema"),
        ("config_schema:\n  globals: {}\n", "no part `globals`"),
        ("config_schema:\n  period: {type: string}\n", "no part `period`"),
        ("config_schema:\n  global: [period]\n", "`config_schema.global` is a list"),
        ("config_schema:\n  steps: [review]\n", "`config_schema.steps` is a list"),
        ("config_schema:\n  steps: {reveiw: {}}\n", "`reveiw`, which is no step"),
        ("config_schema:\n  steps: {review: 3}\n", "`config_schema.steps.review` is a number"),
    ],
)
def test_another_form_is_reported(body: str, message: str) -> None:
    [found] = planted("NTR528", schema(body))
    assert message in found.message
    assert 54 <= found.place.line <= 55


@pytest.mark.parametrize(
    "body",
    [
        "",
        "config_schema:\n",
        "config_schema: {}\n",
        "config_schema:\n  global:\n  steps:\n",
        "config_schema:\n  steps: {review: {materiality: {type: number}}}\n",
        "config_schema:\n  global: {properties: {type: array}}\n",
        "config_schema:\n  type: object\n  title: Slip\n  description: All of it.\n  global: {}\n",
        "config_schema:\n  $schema: https://json-schema.org/draft/2020-12/schema\n  global: {}\n",
    ],
)
def test_the_form_in_use_and_an_empty_one_are_fine(body: str) -> None:
    assert planted("NTR528", schema(body)) == []


@pytest.mark.parametrize(
    "entry, message, instead",
    [
        ("{type: str}", "JSON has no type `str`", "`string`"),
        ("{type: date}", "no type `date`", "`string`"),
        ("{type: strng}", "no type `strng`", "`string`"),
        ("{type: 7}", "no type `7`", "`string`, `number`"),
        ("{type: [string, nul]}", "no type `nul`", "`null`"),
        ("{description: x}", "`config_schema.global.extra` has no `type`", "one of `string`"),
        ("string", "`config_schema.global.extra` is text, not a schema", "a mapping"),
        ("", "`config_schema.global.extra` is empty, not a schema", "a mapping"),
        ("{type: string, patern: a}", "no keyword `patern`", "`pattern`"),
        ("{type: number, minium: 1}", "no keyword `minium`", "`minimum`"),
        ("{type: string, defualt: a}", "no keyword `defualt`", "`default`"),
        ("{type: string, required: true}", "`required` says nothing here", "no `required`"),
        ("{type: string, enum: GBP}", "`enum` is text, so no value fits", "a list"),
        ("{type: string, enum: []}", "`enum` is an empty list", "a list"),
        ("{type: string, minimum: 3}", "`minimum` says nothing of a value of type", "no `min"),
        ("{type: number, pattern: a}", "`pattern` says nothing of a value of type", "no `pat"),
        ("{type: number, minimum: '3'}", "`minimum` is text, not a number", "a number"),
        ("{type: string, minLength: -1}", "`minLength` is no count", "a whole number"),
        ("{type: number, minimum: 3, maximum: 1}", "`minimum` is above `maximum`", "a `max"),
        ("{type: string, pattern: 2026}", "`pattern` is a number, not a reg", "quotes"),
        ("{type: string, pattern: '(a'}", "a `(` that is never closed", "an expression"),
        ("{type: string, pattern: 'a\\Z'}", "`\\Z` is Python's; ECMAScript has `$`", "an exp"),
        ("{type: string, pattern: '(?P<y>a)'}", "`(?P<..>)` is Python's", "an expression"),
        ("{type: array, items: {type: strin}}", "JSON has no type `strin`", "`string`"),
        (
            "{type: object, properties: {a: {typ: string}}}",
            "there is no keyword `typ`",
            "`type`",
        ),
    ],
)
def test_a_fault_of_an_entry_is_reported_once(entry: str, message: str, instead: str) -> None:
    [found] = planted("NTR528", with_entry(f"extra: {entry}"))
    assert message in found.message
    assert (found.alternative or "").startswith(instead)
    assert said([found]) == ["runbook.md:64 NTR528"]


@pytest.mark.parametrize(
    "entry",
    [
        "{type: string, description: x, default: a, pattern: ^a$, enum: [a, b]}",
        "{type: [string, 'null']}",
        "{enum: [1, 2]}",
        "{$ref: '#/x'}",
        "{anyOf: [{type: string}, {type: number}]}",
        "{type: integer, minimum: 1, maximum: 200, exclusiveMinimum: 0}",
        "{type: array, items: {type: object, required: [a], properties: {a: {type: string}}}}",
        "{type: string, format: date, x-order: 3, unit: EUR, label: Day, placeholder: x}",
        "{type: string, pattern: '^(?=.*x)[a-z]{2,}(-[a-z]+)*$'}",
        "{type: string, pattern: '[^]'}",
        "{type: string, example: x, nullable: true, multiple: true, $comment: x}",
        "{type: object, minProperties: 1, patternProperties: {}, readOnly: true}",
        "{type: string, pattern: '(?<year>[0-9]{4})'}",
        "{type: string, pattern: '[\\w-.]+@x'}",
    ],
)
def test_what_json_schema_and_form_builders_know_is_fine(entry: str) -> None:
    assert planted("NTR528", with_entry(f"extra: {entry}")) == []


def test_a_step_that_only_the_frontmatter_knows_is_not_reported_twice() -> None:
    body = SCHEMA + "  steps:\n    posting:\n      note: {type: string}\n"
    found = planted("NTR52", schema(body), (MANIFEST, "id: post\n", "id: posting\n"))
    assert [f.code for f in found] == ["NTR522"]


# --- NTR529 default-breaks-schema ----------------------------------------------------------------


@pytest.mark.parametrize(
    "entry, message, instead",
    [
        ("{type: string, default: 2990}", "YAML reads `2990` as the number 2990", "quotes: `"),
        ("{type: string, default: 1.10}", "YAML reads `1.10` as the number 1.1", "quotes: `"),
        ("{type: string, default: no}", "YAML reads `no` as false", 'quotes: `"no"`'),
        ("{type: string, default: 2026-01-31}", "`2026-01-31` as a date", "quotes: `"),
        ("{type: string, enum: [GB, NO]}", "a value of `enum` of `extra` is refused", "quotes: `"),
        ("{type: number, default: '100'}", '`"100"` is text, and the type is', "the value with"),
        ("{type: number, default: a lot}", "`a lot` is text", "`number`"),
        ("{type: integer, default: 1.5}", "`1.5` is a number, and the type is `int", "`integer`"),
        ("{type: boolean, default: 'no'}", '`"no"` is text', "the value without"),
        ("{type: array, default: a}", "`a` is text, and the type is `array`", "`array`"),
        ("{type: string, enum: [GBP, EUR], default: GBp}", "none of the values", "`GBP`"),
        ("{type: string, pattern: '^\\d+$', default: abc}", "does not match the pattern", "a v"),
        ("{type: string, pattern: '^(a+)+$', default: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!}", "d", "a"),
        ("{type: number, minimum: 1, default: 0}", "`0` is below `minimum: 1`", "a value"),
        ("{type: number, maximum: 1, default: 1.5}", "`1.5` is above `maximum: 1`", "a value"),
        ("{type: number, exclusiveMinimum: 0, default: 0}", "`0` is not above `excl", "a value"),
        ("{type: string, minLength: 3, default: ab}", "`ab` has 2 characters, fewer", "at least 3"),
        ("{type: array, maxItems: 1, default: [1, 2]}", "has 2 items, more", "at most 1"),
        ("{type: array, items: {type: string}, default: [a, 1]}", "YAML reads `1` as", "quotes"),
    ],
)
def test_a_value_that_its_schema_refuses_is_reported(
    entry: str, message: str, instead: str
) -> None:
    [found] = planted("NTR529", with_entry(f"extra: {entry}"))
    assert message in found.message
    assert (found.alternative or "").startswith(instead)
    assert said([found]) == ["runbook.md:64 NTR529"]


@pytest.mark.parametrize(
    "entry",
    [
        "{type: string, default: 2026-01}",
        "{type: string, default: '2990'}",
        "{type: string, default: }",
        "{type: string, default: ~}",
        "{type: number, default: 100}",
        "{type: number, default: 2.0}",
        "{type: integer, default: 2.0}",
        "{type: [string, number], default: 3}",
        "{type: boolean, default: no}",
        "{enum: [1, 2], default: 2}",
        "{type: string, pattern: '(?=x)y', default: z}",
        "{type: object, default: {a: 1}}",
        "{type: array, items: {type: number}, default: [1, 2]}",
    ],
)
def test_a_value_that_fits_is_fine(entry: str) -> None:
    assert planted("NTR529", with_entry(f"extra: {entry}")) == []


def test_a_schema_with_a_fault_of_its_own_is_left_to_its_rule() -> None:
    edit = with_entry("extra: {type: str, pattern: '(a', default: 3}")
    assert {f.code for f in planted("NTR52", edit)} == {"NTR528"}


def test_quotes_are_a_safe_fix_where_they_are_all_it_needs() -> None:
    [found] = planted("NTR529", with_entry("extra:\n  type: string\n  default: no"))
    assert found.fix is not None
    assert found.fix.applicability == "safe"
    assert [(e.start, e.end, e.text) for e in found.fix.edits] == [((66, 16), (66, 18), '"no"')]


def test_the_fix_removes_the_finding_and_brings_no_other(tmp_path: Path) -> None:
    bundle = tmp_path / "petty-cash"
    shutil.copytree(PETTY_CASH, bundle, ignore=shutil.ignore_patterns("tests"))
    manifest = bundle / MANIFEST
    text = manifest.read_text("utf-8")
    manifest.write_text(text.replace(LIMIT, LIMIT.replace("number", "string")), "utf-8")
    chosen = Settings(tmp_path, select=("NTR529",))
    done = fix([bundle], chosen, Run(jobs=1), unsafe=False)
    [file] = done.files
    assert file.after.decode() == file.before.decode().replace("default: 100", 'default: "100"')
    assert done.linted.report.findings == ()


@pytest.mark.parametrize("value", ["&a no", "!!bool no", "'no'", "nope"])
def test_where_more_is_needed_nothing_is_fixed(value: str) -> None:
    type_ = "boolean" if value[0] in "'n" else "string"
    [found] = planted("NTR529", with_entry(f"extra:\n  type: {type_}\n  default: {value}"))
    assert found.fix is None


def test_choices_and_a_default_of_the_wrong_type_are_told_together() -> None:
    """The fix of the choices alone would only uncover what is wrong with the default."""
    found = planted("NTR529", with_entry("extra: {type: string, enum: [1, 2], default: 1}"))
    assert [f.message.partition(" of `extra`")[0] for f in found] == [
        "a value of `enum`",
        "a value of `enum`",
        "the default",
    ]
    assert all(f.fix is not None for f in found)


@pytest.mark.parametrize(
    ("type_", "value", "helps"),
    [
        ("number", "100", True),
        ("number", "-1.5", True),
        ("integer", "1e3", False),
        ("integer", "1.5", False),
        ("boolean", "off", True),
        ("boolean", "nope", False),
        ("array", "a", False),
    ],
)
def test_quotes_are_blamed_only_where_it_helps_to_take_them_away(
    type_: str, value: str, helps: bool
) -> None:
    [found] = planted("NTR529", with_entry(f"extra: {{type: {type_}, default: '{value}'}}"))
    assert (found.alternative == "the value without quotes") is helps
