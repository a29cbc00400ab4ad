"""云岭县: a county of our own invention, built through the same doors as real work.

No person or place in it is real.  The same seed gives the same county.
"""
