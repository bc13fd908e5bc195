"""Workbooks that nobody would make, put through the whole import: `python -m tests.fuzz --count 2000 --seed 0`."""
