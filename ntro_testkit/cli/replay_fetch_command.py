"""`ntro-testkit replay fetch`: bring histories from a Temporal cluster."""

from __future__ import annotations

from collections.abc import Sequence

from ntro_testkit.cli.arguments import Arguments, positive
from ntro_testkit.cli.commands import PROGRAM
from ntro_testkit.cli.errors import UsageError

_TEXT = f"""\
Write the histories of the workflows a query finds into a folder, one file for each run. What is
there and complete is kept, so a fetch that was broken off goes on where it was; runs that had not
ended are fetched again.

An API key is taken from the environment: from TEMPORAL_API_KEY, or the variable of --api-key-env.

Examples:

  {PROGRAM} replay fetch --address localhost:7233 --query 'WorkflowType="NavMonthlyWorkflow"' \\
      --output histories
  {PROGRAM} replay fetch --profile prod --query 'ExecutionStatus="Running"' --output histories
  {PROGRAM} replay fetch --address ns.tmprl.cloud:7233 --namespace ns.acct --tls \\
      --codec ours.codec:decrypt --output histories
"""


def main(arguments: Sequence[str]) -> int:
    """Fetch and print the counts; raises `UsageError`, and `FetchError` of what went wrong."""
    given = _parser().read(arguments)
    if given.output is None:
        raise UsageError("where to? give --output DIR")
    if given.address is None and given.profile is None:
        raise UsageError("from where? give --address HOST:PORT or --profile NAME")
    if (given.tls_cert is None) != (given.tls_key is None):
        raise UsageError("--tls-cert and --tls-key go together")
    from ntro_testkit.cli.terminal import print_report
    from ntro_testkit.replay.fetching.order import Order, carry_out, refuse_secrets

    order = Order(**vars(given))
    refuse_secrets({"address": order.address or "", "query": order.query}, None)
    found = carry_out(order)
    if not found["written"] and not found["kept"]:
        raise UsageError(f"no workflow of the namespace fits the query `{order.query}`")
    print_report(_told(found, order.output) + "\n")
    return 0


def _told(found: dict[str, int], folder: str) -> str:
    parts = [f"{found['written']} fetched"]
    if found["running"]:
        parts[0] += f" ({found['running']} of runs that have not ended)"
    if found["kept"]:
        parts.append(f"{found['kept']} there already")
    if found["gone"]:
        parts.append(f"{found['gone']} gone meanwhile")
    return f"{', '.join(parts)}: {folder}"


def _parser() -> Arguments:
    parser = Arguments(f"{PROGRAM} replay fetch", "", _TEXT)
    add = parser.add_argument
    add("--address", metavar="HOST:PORT", help="The cluster's frontend.")
    add("--namespace", metavar="N", help="Its namespace (default: `default`, or the profile's).")
    add("--query", metavar="Q", default="", help="A visibility query; all workflows without one.")
    add("--output", metavar="DIR", help="The folder to write into.")
    add("--limit", metavar="N", type=positive, help="Look at N workflows at most, newest first.")
    add("--tls", action="store_true", help="Connect with TLS.")
    add("--tls-ca", metavar="FILE", help="The authority to trust instead of the system's.")
    add("--tls-cert", metavar="FILE", help="The client's certificate.")
    add("--tls-key", metavar="FILE", help="The client's key.")
    add("--server-name", metavar="NAME", help="The name in the server's certificate.")
    add("--api-key-env", metavar="NAME", help="The variable that has the API key.")
    add("--codec", metavar="MODULE:ATTRIBUTE", help="A PayloadCodec that decodes the payloads.")
    add("--profile", metavar="NAME", help="A profile of Temporal's configuration file.")
    return parser
