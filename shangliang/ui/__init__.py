"""The look of the house: pages, parts, type and colour.  Knows no domain."""
