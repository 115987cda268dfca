"""The run only waits, so there are no activities; the worker imports the module all the same."""
