"""The in-process runtime: virtual time, the facade's calls, the engine that acts at quiescence."""
