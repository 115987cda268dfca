"""The suite of the kit; a package, so that helpers are imported as `tests.bundles`."""
