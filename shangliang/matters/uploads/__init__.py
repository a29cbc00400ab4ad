"""The gate for files that people bring: what may come in, and in what shape.

`gate.admit` is the one door.  Nothing else in the house opens a file it did not write:
the parsers live in `inspector` and its neighbours and run in a child process with little
memory and little time.
"""
