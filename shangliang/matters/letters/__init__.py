"""Official papers: the same words set as a Word file an organ can finish, and as a PDF.

`contexts` says what each kind of paper needs, `words` turns that into sentences, `word` sets
them through a Word template (ours or the organ's own), `pdf` through typst.  No database.
"""
