"""Who our clients and workers say they are."""

IDENTITY = "ntro-testkit"
"""temporalio's default would put the host's name into every history."""
