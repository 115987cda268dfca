"""The same run again: in this process, and after crashes."""
