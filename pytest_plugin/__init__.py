"""Presents the kit to pytest: options, fixtures, collection of bundles, terminal summary.

pytest loads these files as `ntro_testkit_pytest.*`; see that module. For annotations in tests:
`from pytest_plugin import HarnessFactory, Runbook` under `if TYPE_CHECKING:`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .fixtures import HarnessFactory as HarnessFactory
    from .runbooks import Runbook as Runbook
