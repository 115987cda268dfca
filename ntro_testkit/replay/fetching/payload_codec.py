"""Decodes the payloads of a history with a codec of the user's own."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload, Payloads, SearchAttributes
from temporalio.converter import PayloadCodec


class CodecError(ValueError):
    """A codec that cannot be had or that fails; the message says which and why."""


def load_codec(reference: str) -> PayloadCodec:
    """Return the codec that `module:attribute` names: one, or what makes one without arguments.

    Raises `CodecError`.
    """
    module_name, _, attribute = reference.partition(":")
    if not module_name or not attribute:
        raise CodecError(f"`{reference}` is no codec: write `module:attribute`")
    try:
        found = getattr(importlib.import_module(module_name), attribute)
        codec = found if isinstance(found, PayloadCodec) else found()
    except Exception as error:
        raise CodecError(f"the codec `{reference}`: {type(error).__name__}: {error}") from error
    if not isinstance(codec, PayloadCodec):
        raise CodecError(
            f"the codec `{reference}` is a `{type(codec).__name__}`, "
            f"not a `temporalio.converter.PayloadCodec`"
        )
    return codec


async def decode_payloads(codec: PayloadCodec, message: Message) -> None:
    """Decode every payload in a protobuf message in its place, search attributes excepted.

    Temporal never encodes those. Raises `CodecError` when the codec fails.
    """
    for holder in list(_holders(message)):
        payloads = list(holder.payloads) if isinstance(holder, Payloads) else [holder]
        try:
            decoded = await codec.decode(payloads)
        except Exception as error:
            raise CodecError(f"the codec fails: {type(error).__name__}: {error}") from error
        if isinstance(holder, Payloads):
            del holder.payloads[:]
            holder.payloads.extend(decoded)
        else:
            [only] = decoded
            holder.CopyFrom(only)


def _holders(message: Message) -> Iterator[Payload | Payloads]:
    """Yield what holds payloads, in depth."""
    if isinstance(message, Payload | Payloads):
        yield message
    elif not isinstance(message, SearchAttributes):
        for field, value in message.ListFields():
            if field.message_type is not None:
                for inner in _messages(field, value):
                    yield from _holders(inner)


def _messages(field: Any, value: Any) -> Iterator[Message]:
    """Yield the messages in a field: it is one, has several, or maps keys to them."""
    if field.message_type.GetOptions().map_entry:
        yield from (each for each in value.values() if isinstance(each, Message))
    elif isinstance(value, Message):
        yield value
    else:
        yield from value
