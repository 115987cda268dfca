"""Records histories and holds today's code against them; needs temporalio."""
