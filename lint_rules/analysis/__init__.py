"""One project from files to raw findings, before anything that is a matter of configuration."""
