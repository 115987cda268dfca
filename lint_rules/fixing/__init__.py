"""Fixes applied to linted files: wanted, made, linted again, written.

`fix_run.fix` does it in memory, `writing.write_files` brings the result to disk; `edits.with_edits`
fills in what the fixes of a report would change. `fixes` makes the edits themselves.
"""
