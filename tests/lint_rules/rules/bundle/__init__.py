"""The rules over the files of a bundle and what `runbook.md` says."""
