"""Where a Word or Excel file points: its own parts, and places outside of it."""

import zipfile

from shangliang.matters.uploads.refusals import Refused
from shangliang.matters.uploads.xmlparts import Attributes, Listener

# A link waits for a click, and a workbook's link to another one is only a path.  Everything
# else outside would be fetched on opening: a template, a picture, an object.
_MAY_POINT_OUTSIDE = {"hyperlink", "externalLinkPath", "xlPathMissing", "xlStartup", "xlLibrary"}
_BRINGS_OBJECTS = {"oleObject", "package", "control", "aFChunk", "subDocument", "frame"}
_FAR_AWAY = ("http:", "https:", "ftp:", "\\\\", "//", "file:////", "file:\\\\", "mhtml:")


class Relations:
    """The relations found in a package; raises `Refused` for one that must not be there."""

    def __init__(self) -> None:
        self.own_templates: set[str] = set()
        """The parts that name a template on their author's own disk, and so her user name."""

    def reader(self, entry: zipfile.ZipInfo) -> Listener:
        return _Reader(self, entry.filename)


class _Reader(Listener):
    def __init__(self, relations: Relations, part: str) -> None:
        self.relations = relations
        self.part = part

    def start(self, name: str, attributes: Attributes) -> None:
        if name != "Relationship":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        if kind == "vbaProject":
            raise Refused("macros")
        if kind in _BRINGS_OBJECTS or kind.startswith("activeX"):
            raise Refused("embedded")
        if attributes.get("TargetMode") == "External":
            self._outside(kind, attributes.get("Target", ""))

    def _outside(self, kind: str, target: str) -> None:
        near = not target.strip().casefold().startswith(_FAR_AWAY)
        if kind == "attachedTemplate" and near:
            self.relations.own_templates.add(self.part)
        elif kind not in _MAY_POINT_OUTSIDE:
            raise Refused("remote")
