"""temporalio's own workflow engine, driven in-process: no server, no worker, virtual time."""
