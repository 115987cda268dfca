"""Texts of functions that workflow code calls: arithmetic, decisions, views; some are hazards."""

from __future__ import annotations

SUMS = '''
def $function(lines: Sequence[Line], currency: str) -> Decimal:
    """Return the $plain of all lines in one currency.

    Lines in other currencies are left out: they were converted before, and
    what could not be converted has been reported by then.
    """
    total = Decimal(0)
    for line in lines:
        if line.currency != currency:
            # Somebody else has looked after this one.
            continue
        share = line.amount * line.rate
        if line.quantity > $number:
            share -= share * Decimal("0.$number")
        total += share
    return total.quantize(CENT, rounding=ROUND_HALF_UP)
'''

GROUPS = '''
def $function(lines: Sequence[Line], currency: str) -> dict[str, Decimal]:
    """Group the $plain by account, in the order of the lines."""
    grouped: dict[str, Decimal] = {}
    for line in lines:
        key = line.account or "$number"
        before = grouped.get(key, Decimal(0))
        grouped[key] = before + line.amount * line.rate
    if not grouped:
        return {}
    most = max(grouped.values())
    return {
        key: amount.quantize(CENT)
        for key, amount in grouped.items()
        if amount * $number >= most
    }
'''

CHECKS = '''
def $function(lines: Sequence[Line], currency: str) -> list[str]:
    """Say what is wrong with the $plain; nothing when all is well."""
    problems: list[str] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.account:
            problems.append(f"line {number} has no account")
        if line.amount < 0 and line.kind != "credit":
            problems.append(f"line {number}: {line.amount} is below zero")
        if len(line.currency) != 3:
            problems.append(f"line {number}: {line.currency!r} is no currency")
        earlier = seen.setdefault(line.reference, number)
        if earlier != number:
            # The same document was read twice.
            problems.append(f"line {number} repeats line {earlier}")
        if line.quantity > $number:
            problems.append(f"line {number}: more than $number")
    return problems
'''

SPREAD = '''
def $function(lines: Sequence[Line], currency: str) -> list[Decimal]:
    """Spread the $plain over the lines, so that no cent is lost.

    The last line takes what rounding left over.
    """
    amounts = [line.amount for line in lines if line.currency == currency]
    whole = sum(amounts, Decimal(0))
    if not amounts or whole == 0:
        return [Decimal(0) for _ in amounts]
    parts: list[Decimal] = []
    left = Decimal($number)
    for amount in amounts[:-1]:
        part = (Decimal($number) * amount / whole).quantize(CENT)
        parts.append(part)
        left -= part
    return [*parts, left]
'''

RANKS = '''
def $function(lines: Sequence[Line], currency: str) -> list[Line]:
    """Return the lines by $plain, the largest first; ties keep their order."""
    wanted = (line for line in lines if line.currency == currency)

    def weight(line: Line) -> Decimal:
        # Old lines count less, but never nothing.
        factor = Decimal(1) if line.quantity < $number else Decimal("0.5")
        return line.amount * factor

    ranked = sorted(wanted, key=weight, reverse=True)
    try:
        return ranked[:$number]
    except (TypeError, ValueError) as error:
        raise ArithmeticError("cannot rank the $plain") from error
'''

TABLE = '''
def $function(lines: Sequence[Line], currency: str) -> dict[str, Any]:
    """Show the $plain as a table."""
    rows = [
        {
            "reference": line.reference,
            "account": line.account,
            "amount": str(line.amount),
            "currency": line.currency,
        }
        for line in lines
    ]
    return {
        "component": "DATA_TABLE",
        "config": {
            "title": f"$title in {currency}",
            "page_size": $number,
            "datasets": [
                {
                    "key": "$name",
                    "label": "$title",
                    "rows": rows,
                    "columns": [
                        {"key": "reference", "label": "Reference"},
                        {"key": "account", "label": "Account"},
                        {"key": "amount", "label": "Amount"},
                    ],
                }
            ],
        },
    }
'''

ANSWER = '''
def $function(answer: Mapping[str, Any]) -> bool:
    """Read the decision about the $plain; what is unclear is a no."""
    words = [str(answer.get(key, "")).lower() for key in ("kind", "type")]
    if any(word in ("reject", "rejected", "declined") for word in words):
        return False
    corrections = answer.get("corrections") or []
    if len(corrections) > $number:
        # Nobody corrects that much by hand.
        return False
    match words:
        case ["approve", _] | ["approved", _]:
            return True
        case [_, "approve"] | [_, "approved"]:
            return True
        case _:
            return False
'''

CALCULATIONS = (SUMS, GROUPS, CHECKS, SPREAD, RANKS)

HAZARDS = (
    '''
def $function(lines: Sequence[Line], currency: str) -> str:
    """Return a reference for the $plain."""
    prefix = currency.lower() if lines else "none"
    token = uuid.uuid4().hex[:$number]
    return f"$name-{prefix}-{token}"
''',
    '''
def $function(lines: Sequence[Line], currency: str) -> str:
    """Say when the $plain was looked at."""
    seen = datetime.now(UTC).isoformat()
    return f"{len(lines)} lines in {currency} at {seen}"
''',
    '''
def $function(lines: Sequence[Line], currency: str) -> str:
    """Return the region that keeps the $plain."""
    region = os.environ.get("REGION", currency)
    return f"{region}-$number"
''',
    '''
def $function(lines: Sequence[Line], currency: str) -> list[str]:
    """Return the accounts of the $plain, each once."""
    accounts = {line.account for line in lines}
    return [f"{account}/{currency}" for account in accounts]
''',
    '''
def $function(lines: Sequence[Line], currency: str) -> list[Line]:
    """Return a sample of the $plain."""
    wanted = [line for line in lines if line.currency == currency]
    return random.sample(wanted, min(len(wanted), $number))
''',
)
"""Each has one hazard; a set that is put in order counts."""

IMPORTS = (
    ("os.", "import os"),
    ("random.", "import random"),
    ("uuid.", "import uuid"),
    ("Mapping[", "from collections.abc import Mapping"),
    ("Sequence[", "from collections.abc import Sequence"),
    ("datetime.", "from datetime import UTC, datetime"),
    ("Decimal", "from decimal import ROUND_HALF_UP, Decimal"),
    ("Any]", "from typing import Any"),
)
"""What a text uses -> how it is imported."""

HEADER = '''
"""$about"""

from __future__ import annotations

$imports
'''

CENT = """
CENT = Decimal("0.01")
"""
