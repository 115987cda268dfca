"""The process that fetches: `python -m ntro_testkit.replay.fetching.process`.

It is one of its own, because temporalio's core may abort while Python ends. One JSON line of
`Order` comes in on stdin, one goes out on stdout: what was fetched, or what was wrong.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from temporalio.client import Client
from temporalio.service import RPCError, TLSConfig

from ntro_testkit.replay.fetching.fetch import Progress, Wanted, fetch
from ntro_testkit.replay.fetching.order import INTERRUPTED, FetchError, Order, refuse_secrets
from ntro_testkit.replay.fetching.payload_codec import CodecError, load_codec
from ntro_testkit.replay.server.identity import IDENTITY
from ntro_testkit.replay.server.quiet_core import quiet_runtime


def main() -> None:
    """Fetch, and leave without Python's ending."""
    logging.disable()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    code = 0
    try:
        order = Order(**json.loads(sys.stdin.readline()))
        found = asyncio.run(_fetched(order, os.environ))
    except KeyboardInterrupt:
        code = INTERRUPTED
    else:
        answers.write(json.dumps(found) + "\n")
        answers.flush()
    sys.stderr.flush()
    os._exit(code)


async def _fetched(order: Order, environment: Mapping[str, str]) -> dict[str, Any]:
    """Return what was fetched, or `problem`: what the user has to put right."""
    try:
        config = _config(order, environment)
        wanted = Wanted(
            config.get("target_host", ""), config["namespace"], order.query, order.limit
        )
        refuse_secrets(asdict(wanted), config.get("api_key"))
        codec = load_codec(order.codec) if order.codec else None
        client = await _connected(config)
        progress = _progress() if sys.stderr.isatty() else _silent
        found = await fetch(client, wanted, Path(order.output), codec=codec, progress=progress)
    except RPCError as error:
        return {"problem": f"{order.address or 'the cluster'}: {error.message}"}
    except OSError as error:
        return {"problem": f"{error.filename or order.output}: {error.strerror or error}"}
    except (CodecError, FetchError) as error:
        return {"problem": str(error)}
    finally:
        if sys.stderr.isatty():
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    return asdict(found)


def _config(order: Order, environment: Mapping[str, str]) -> dict[str, Any]:
    """Return the arguments of `Client.connect`: those of a profile, the options laid over them.

    Raises OSError for a key or certificate that cannot be read, `FetchError` for an API key that
    is not where the user says.
    """
    config: dict[str, Any] = {}
    if order.profile is not None:
        config.update(_profile(order.profile))
    if order.address is not None:
        config["target_host"] = order.address
    if order.namespace is not None or "namespace" not in config:
        config["namespace"] = order.namespace or "default"
    if order.api_key_env is not None:
        key = environment.get(order.api_key_env)
        if not key:
            raise FetchError(f"the variable `{order.api_key_env}` has no API key")
        config["api_key"] = key
    elif environment.get("TEMPORAL_API_KEY"):
        config["api_key"] = environment["TEMPORAL_API_KEY"]
    tls = _tls(order)
    if tls is not None:
        config["tls"] = tls
    elif "api_key" in config:
        # Older versions of temporalio would send the key in the clear.
        config.setdefault("tls", True)
    return config


def _profile(name: str) -> dict[str, Any]:
    try:
        from temporalio.envconfig import ClientConfig
    except ImportError as error:
        raise FetchError("profiles need temporalio 1.18 or newer") from error
    try:
        return dict(ClientConfig.load_client_connect_config(name or None))
    except RuntimeError as error:
        raise FetchError(f"the profile `{name}`: {error}") from error


def _tls(order: Order) -> TLSConfig | bool | None:
    files = (order.tls_ca, order.tls_cert, order.tls_key)
    if not any(files) and order.server_name is None:
        return order.tls or None
    authority, certificate, key = (Path(each).read_bytes() if each else None for each in files)
    return TLSConfig(
        server_root_ca_cert=authority,
        domain=order.server_name,
        client_cert=certificate,
        client_private_key=key,
    )


async def _connected(config: Mapping[str, Any]) -> Client:
    try:
        return await Client.connect(**config, identity=IDENTITY, runtime=quiet_runtime())
    except RuntimeError as error:
        first = str(error).partition("\n")[0]
        raise FetchError(f"{config.get('target_host')}: cannot connect: {first}") from error
    except ValueError as error:
        raise FetchError(f"{config.get('target_host')}: {error}") from error


def _silent(done: int) -> None:
    """Show nothing."""


def _progress() -> Progress:
    def show(done: int) -> None:
        print(f"\r\x1b[Kfetching, {done} looked at ...", end="", file=sys.stderr, flush=True)

    return show


if __name__ == "__main__":
    main()
