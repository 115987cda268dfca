"""Generated modules of functions that the steps of a workflow call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import Template

from benchmarks.lint_speed import helper_text
from benchmarks.lint_speed.words import Words, plain

MODULES = {
    "decisions": "What people answered.",
    "amounts": "Arithmetic on lines.",
    "checks": "What can be wrong with lines.",
    "views": "What people are shown.",
}
SMALL = ("decisions", "amounts")
"""The modules of a small bundle."""


@dataclass(frozen=True, slots=True)
class HelperFunction:
    """One function, and what it is about."""

    module: str
    name: str
    about: str
    text: str


def functions(words: Words, lines: int, hazards: int) -> tuple[HelperFunction, ...]:
    """Return functions that have about so many lines together; so many of them are hazards."""
    modules = tuple(MODULES) if lines > 200 else SMALL
    # Hazards come first, so that small bundles have theirs.
    waiting = [words.random.choice(helper_text.HAZARDS) for _ in range(hazards)]
    found: list[HelperFunction] = []
    left = lines - 15 * len(modules)
    while left > 0 or len(found) < 2:
        module = modules[len(found) % len(modules)]
        found.append(_function(module, _text(module, waiting, words), words))
        # Two blank lines, and three for importing and calling it.
        left -= found[-1].text.count("\n") + 1 + 5
    return tuple(found)


def calculations(words: Words, lines: int) -> tuple[HelperFunction, ...]:
    """Return functions of about so many lines that only calculate."""
    found: list[HelperFunction] = []
    left = lines
    while left > 0:
        text = words.random.choice(helper_text.CALCULATIONS)
        found.append(_function("amounts", text, words))
        left -= found[-1].text.count("\n") + 3
    return tuple(found)


def module_text(module: str, functions: Sequence[HelperFunction]) -> str:
    """Return a module of functions."""
    body = "\n\n\n".join(function.text for function in functions)
    if "CENT" in body:
        body = f"{helper_text.CENT.strip()}\n\n\n{body}"
    imports = [line for sign, line in helper_text.IMPORTS if sign in body]
    if "Line]" in body:
        imports += ["", "from .models import Line"]
    header = Template(helper_text.HEADER.strip("\n"))
    return header.substitute(about=MODULES[module], imports="\n".join(imports)) + f"\n\n\n{body}\n"


def _function(module: str, text: str, words: Words) -> HelperFunction:
    name = words.name()
    function = f"{words.verb()}_{name}"
    filled = Template(text.strip("\n")).substitute(
        function=function,
        name=name,
        plain=plain(name),
        title=plain(name).capitalize(),
        number=words.number(2, 40),
    )
    return HelperFunction(module, function, plain(name), filled)


def _text(module: str, hazards: list[str], words: Words) -> str:
    if module == "decisions":
        return helper_text.ANSWER
    if hazards:
        return hazards.pop()
    if module == "views":
        return helper_text.TABLE
    if module == "checks":
        return helper_text.CHECKS
    return words.random.choice(helper_text.CALCULATIONS)
