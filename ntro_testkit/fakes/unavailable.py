"""The one error of the generator: which place of a type has no fake, and what to do about it."""


class MockUnavailable(Exception):  # noqa: N818 -- the name users know from ntro.testing
    """No fake can be made from a type; the message names the place, the type and the way out."""


class EndlessTypeError(MockUnavailable):
    """The type requires itself, so no finite value exists.

    Kept apart because a parent can often end the recursion: with None, or with an empty list.
    """
