"""What pytest loads, by the entry point `ntro_testkit`: the plugin's files under a name of ours.

They live in the folder `pytest_plugin`, and a user may have a folder of that name beside the tests.
Neither must get in the other's way, so the files are imported as submodules of this module, whose
`__path__` is that folder, and import each other relatively: the name `pytest_plugin` is not used.
(`lint_rules` is imported by its name; `ntro_testkit.shadowing` says what becomes of that.)

Importing `ntro_testkit` arranges that the kit's runtime is forced when `ntro.workflow` is imported.
"""

from pathlib import Path

import ntro_testkit

__path__ = [str(Path(ntro_testkit.__file__).parent.parent / "pytest_plugin")]

pytest_plugins = ("ntro_testkit_pytest.plugin", "ntro_testkit_pytest.fixtures")
