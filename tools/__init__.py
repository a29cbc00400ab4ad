"""What stands behind the two doors, ./up and ./test.  Standard library only."""
