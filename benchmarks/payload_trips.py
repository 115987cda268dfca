"""The logic of the small bundle as plain calls: only the typed JSON round trips are left.

A floor for one run: no event loop, no workflow, no signals' delivery, no trace.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import to_json

from ntro_testkit.loading import LoadedBundle


def payload_trips(loaded: LoadedBundle, given: dict[str, Any]) -> Callable[[], None]:
    """Return a function that sends every value of a happy run through JSON once."""
    models: Any = sys.modules[f"{loaded.package}.models"]
    adapters: dict[type, TypeAdapter[Any]] = {
        model: TypeAdapter(model) for model in _models(models)
    }
    answer = TypeAdapter(dict[str, Any])
    receipt = models.Receipt(document_ref="r", merchant="m", currency="GBP", positions=[])
    claim = models.Claim(merchant="m", positions=[], total=0)
    posted = models.PostedClaim(
        journal_id="00000000-0000-0000-0000-000000000000", total=0, position_count=0
    )
    upload = {"document_ref": "r", "source": "receipt", "filename": "receipt.pdf"}

    def trip(value: Any, model: type) -> Any:
        return adapters[model].validate_json(to_json(value))

    def run() -> None:
        context = trip(given, models.SmallContext)
        document = trip(upload, models.ReceiptSubmitted)
        reference = document.document_ref
        trip(
            models.ReadInput(tenant_slug=context.tenant_slug, document_ref=reference),
            models.ReadInput,
        )
        read = trip(receipt, models.Receipt)
        trip(
            models.ConvertInput(period=context.period, currency=context.currency, receipt=read),
            models.ConvertInput,
        )
        converted = trip(claim, models.Claim)
        answer.validate_json(to_json({"type": "approved"}))
        trip(
            models.PostInput(
                entity_slug=context.entity_slug,
                claimant=context.claimant,
                period=context.period,
                document_ref=reference,
                claim=converted,
            ),
            models.PostInput,
        )
        entry = trip(posted, models.PostedClaim)
        trip(
            models.SmallResult(
                status="posted",
                document_ref=reference,
                journal_id=entry.journal_id,
                total=entry.total,
            ),
            models.SmallResult,
        )

    return run


def _models(module: Any) -> list[type]:
    return [
        value
        for value in vars(module).values()
        if isinstance(value, type) and value.__module__ == module.__name__
    ]
