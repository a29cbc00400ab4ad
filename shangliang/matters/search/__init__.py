"""Search (查找): one text per matter, spelled in pairs of characters, the same on both engines.

`index` and `remove` are called by whoever changes a text, in the same transaction; `find` asks.
What a matter is found by must be known to everybody who may see the matter: a hit, its place in
the list and the count would give it away otherwise.
"""

from .finding import Filters, Hit, Hits, find
from .keeping import index, rebuild, remove

__all__ = ["Filters", "Hit", "Hits", "find", "index", "rebuild", "remove"]
