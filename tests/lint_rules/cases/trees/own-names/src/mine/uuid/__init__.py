"""Ids of one's own, in a package whose submodule is called like its function."""

from .uuid4 import uuid4 as uuid4
