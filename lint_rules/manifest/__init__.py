"""What `runbook.md` says, part by part, with places in the text."""
