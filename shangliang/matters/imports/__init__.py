"""Bringing tables in: a plan first, row by row, then all of it or nothing, and a way back."""
