"""The strict check: histories on temporalio's engine, commands held against events."""
