"""The roster of a committee, its people, seats, sectors and units, as a table: in and out.

It stands on the floor of matters and not in `people`, because an import is journalled.
"""
