"""The sample bundles, for checks that must have nothing to say about them."""

from tests.test_fixtures import sample

__all__ = ["sample"]
