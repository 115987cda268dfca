"""How each fix changes its place: one function a fix, found by id in `registry`."""
