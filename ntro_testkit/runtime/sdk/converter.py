"""The platform's data converter, which remembers how a type is read.

temporalio's pydantic converter makes a `TypeAdapter` for every payload, which is a tenth of a run;
the adapters here are those the local backend keeps, and read and write the same.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import PydanticJSONPlainPayloadConverter
from temporalio.converter import (
    CompositePayloadConverter,
    DataConverter,
    DefaultPayloadConverter,
    JSONPlainPayloadConverter,
)

from ntro_testkit.runtime.payloads import adapter
from ntro_testkit.runtime.sdk.instance import DATA_CONVERTER


class _QuickJSON(PydanticJSONPlainPayloadConverter):
    """Reads JSON by an adapter that is made once for each type."""

    def from_payload(self, payload: Payload, type_hint: type | None = None) -> Any:
        """Read a value as the platform does.

        Raises pydantic's `ValidationError` when it does not fit the type.
        """
        return adapter(Any if type_hint is None else type_hint).validate_json(payload.data)


_ENCODINGS = tuple(
    _QuickJSON() if isinstance(each, JSONPlainPayloadConverter) else each
    for each in DefaultPayloadConverter.default_encoding_payload_converters
)
"""Made once: every instance asks for a converter of its own."""


class _QuickPayloads(CompositePayloadConverter):
    """temporalio's encodings in their order, with the quick JSON in place of the plain one."""

    def __init__(self) -> None:
        super().__init__(*_ENCODINGS)


QUICK_CONVERTER: DataConverter = dataclasses.replace(
    DATA_CONVERTER, payload_converter_class=_QuickPayloads
)
"""Gives and takes the very payloads of the platform's converter."""
