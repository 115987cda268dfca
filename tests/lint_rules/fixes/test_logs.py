"""Prints and logging: what goes to the facade's logger, and what cannot."""

from __future__ import annotations

import pytest

from tests.lint_rules.fixes.marked import fixed, refusal

HEAD = "import logging\nfrom ntro.workflow import runbook\nlog = logging.getLogger(__name__)\n"

PRINTS = {
    "a literal": ("«print-to-logger|print('a')»", "runbook.logger.info('a')"),
    "an f-string": ("«print-to-logger|print(f'{x} %')»", "runbook.logger.info(f'{x} %')"),
    "joined literals": ("«print-to-logger|print('a' f'{x}')»", "runbook.logger.info('a' f'{x}')"),
    "a sum": ("«print-to-logger|print('a' + x)»", "runbook.logger.info('a' + x)"),
    "a sum from the right": ("«print-to-logger|print(x + 'a')»", "runbook.logger.info(x + 'a')"),
    "a percent": ("«print-to-logger|print('%s' % x)»", "runbook.logger.info('%s' % x)"),
    "a method": (
        "«print-to-logger|print('{}'.format(x))»",
        "runbook.logger.info('{}'.format(x))",
    ),
    "two methods": (
        "«print-to-logger|print(', '.join(x).upper())»",
        "runbook.logger.info(', '.join(x).upper())",
    ),
    "str": ("«print-to-logger|print(str(x))»", "runbook.logger.info(str(x))"),
    "a choice": (
        "«print-to-logger|print('a' if x else 'b')»",
        "runbook.logger.info('a' if x else 'b')",
    ),
    "comments kept": (
        "«print-to-logger|print(  # why\n    'a',\n  )»",
        "runbook.logger.info(  # why\n    'a',\n  )",
    ),
    "parentheses": ("«print-to-logger|(print)('a')»", "(runbook.logger.info)('a')"),
}


@pytest.mark.parametrize(("before", "after"), PRINTS.values(), ids=PRINTS)
def test_a_print_of_one_str_is_logged(before: str, after: str) -> None:
    assert fixed(f"{HEAD}def f(x):\n  {before}\n") == f"{HEAD}def f(x):\n  {after}\n"


NO_PRINTS = {
    "something that may be no str": "print(x)",
    "a number": "print(1)",
    "bytes": "print(b'a')",
    "nothing": "print()",
    "the result of a call": "print(x.name())",
    "a method that returns no str": "print('a'.encode())",
    "a choice": "print('a' if x else 1)",
}


@pytest.mark.parametrize("call", NO_PRINTS.values(), ids=NO_PRINTS)
def test_a_print_of_anything_else_is_left(call: str) -> None:
    reason = refusal(f"def f(x): «print-to-logger|{call}»\n")
    assert reason == "it does not plainly print one str"


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        ("print('a', x)", "it has more arguments than the fix can carry over"),
        ("print('a', end='')", "the argument `end` cannot be carried over"),
        ("print('a', file=x)", "the argument `file` cannot be carried over"),
        ("print(*x)", "it passes arguments with `*`"),
        ("print('a', **x)", "it passes arguments with `**`"),
    ],
)
def test_a_print_with_more_than_a_str_is_left(call: str, reason: str) -> None:
    assert refusal(f"def f(x): «print-to-logger|{call}»\n") == reason


def test_a_print_of_ones_own_is_left() -> None:
    reason = refusal("from rich import print\ndef f(x): «print-to-logger|print('a')»\n")
    assert reason == "the module does not itself say that this is `builtins.print`"


def test_a_str_of_ones_own_is_no_str() -> None:
    reason = refusal("def str(x): ...\ndef f(x): «print-to-logger|print(str(x))»\n")
    assert reason == "it does not plainly print one str"


LOGS = {
    "the module": ("logging.info('%s', x)", "runbook.logger.info('%s', x)"),
    "a logger": ("log.debug('%s', x)", "runbook.logger.debug('%s', x)"),
    "a logger by name": (
        "logging.getLogger('a').error('b')",
        "runbook.logger.error('b')",
    ),
    "an old name": ("log.warn('a')", "runbook.logger.warning('a')"),
    "another old name": ("log.fatal('a')", "runbook.logger.critical('a')"),
    "a level": ("log.log(logging.INFO, 'a')", "runbook.logger.log(logging.INFO, 'a')"),
    "exception": ("log.exception('a')", "runbook.logger.exception('a')"),
    "all that may be carried": (
        "log.info('a', exc_info=True, stack_info=True, extra={'b': x})",
        "runbook.logger.info('a', exc_info=True, stack_info=True, extra={'b': x})",
    ),
    "starred": ("log.info('a', *x)", "runbook.logger.info('a', *x)"),
    "an attribute": ("x.log.info('a')", "runbook.logger.info('a')"),
    "a message that is no str": ("log.info(x)", "runbook.logger.info(x)"),
    "over lines": (
        "(log\n   .info)('a',  # why\n  x)",
        "(runbook.logger.info)('a',  # why\n  x)",
    ),
}


@pytest.mark.parametrize(("before", "after"), LOGS.values(), ids=LOGS)
def test_logging_goes_through_the_facade(before: str, after: str) -> None:
    marked = f"{HEAD}def f(x):\n  «logging-to-logger|{before}»\n"
    assert fixed(marked) == f"{HEAD}def f(x):\n  {after}\n"


def test_a_function_of_logging_by_its_name() -> None:
    before = "from logging import info as say\ndef f(): «logging-to-logger|say('a')»\n"
    after = "from ntro.workflow import runbook\ndef f(): runbook.logger.info('a')\n"
    assert fixed(before) == after


def test_the_logger_of_temporalio() -> None:
    before = "import logging\ndef f(): «logging-to-logger|logging.info('a')»\n"
    after = "from temporalio import workflow\ndef f(): workflow.logger.info('a')\n"
    assert fixed(before, "temporalio") == after


NO_LOGS = {
    "any other keyword": ("log.info('a', key=x)", "the argument `key` cannot be carried over"),
    "the stack level": (
        "log.info('a', stacklevel=2)",
        "the argument `stacklevel` cannot be carried over",
    ),
    "keywords unseen": ("log.info('a', **x)", "what `**` passes cannot be carried over"),
    "the message by keyword": (
        "log.info(msg='a')",
        "the argument `msg` cannot be carried over",
    ),
    "no message": ("log.info()", "its message is not its first argument"),
    "a level only": ("log.log(10)", "its message is not its first argument"),
    "a computed method": (
        "getattr(log, x)('a')",
        "it is not plainly a method of a logger",
    ),
    "another method": ("log.handle(x)", "it is not plainly a method of a logger"),
    "a method under another name": ("say('a')", "it is not plainly a method of a logger"),
    "a receiver that does things": (
        "x().info('a')",
        "the logger may add something of its own",
    ),
    "a logger made with effects": (
        "logging.getLogger(x()).info('a')",
        "the logger may add something of its own",
    ),
    "a subscript": ("x[0].info('a')", "it is not plainly a method of a logger"),
    "an adapter": ("adapted.info('a')", "the logger may add something of its own"),
    "an adapter in an attribute": (
        "x.adapted.info('a')",
        "the logger may add something of its own",
    ),
    "a comment in the name": (
        "(log  # mine\n  .info)('a')",
        "a comment inside would be lost",
    ),
}


@pytest.mark.parametrize(("call", "reason"), NO_LOGS.values(), ids=NO_LOGS)
def test_logging_that_would_lose_something_is_left(call: str, reason: str) -> None:
    head = (
        f"{HEAD}adapted = logging.LoggerAdapter(log, {{}})\nsay = log.info\nx.adapted = adapted()\n"
    )
    assert refusal(f"{head}def f(x):\n  «logging-to-logger|{call}»\n") == reason
