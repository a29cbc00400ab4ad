"""One file that holds the whole house, and the house again out of that file.

A backup that was never restored is a hope.  So both ways count: what is packed is counted and
hashed, what is unpacked is counted and hashed again, the journal is read from end to end, and
`./test` does it on every run.
"""
