"""Watches workflow code while it runs: what it calls that the lint has as a hazard.

The lint reads source, so it knows a call by its name; the guard sees the object that is called,
whatever it was called by. Both have the same data (`lint_rules.hazards`) and the same codes. What
runs outside a workflow, in activities, mocks and fakes, is free to do as it likes.

    definitions     -> what stands behind something callable, and on what it is called
    known_hazards   -> the names of the data as live objects
    call_sites      -> the line of a call, and its arguments as they are written
    conditions      -> whether a hazard is one with these arguments
    hazard_log      -> what a run's workflow code has called
    watching        -> finds the hazards in what a hook tells
    monitoring      -> the hook from Python 3.12
    profiling       -> the hook on Python 3.11
    guard           -> what a harness has

No hook sees plain data being read (`sys.argv[1]`, `time.tzname`), nor C code that calls C code, as
`functools.partial(time.time)()` does; a class written in C can be seen from Python 3.12.
"""
