"""Writing a Word or Excel file anew: the same parts, but nothing that tells who typed it where.

The properties name the author, the company and the machine's user; the path of a template
often names her too.  A new container also leaves behind whatever hid between the old parts.
"""

import zipfile
from pathlib import Path
from xml.etree import ElementTree

from shangliang.matters.uploads.archive import chunks

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_BLANK = {
    "core-properties+xml": (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"/>'
    ),
    "extended-properties+xml": (
        f'{_HEAD}<Properties xmlns="{_OFFICE}/extended-properties"></Properties>'
    ),
    "custom-properties+xml": (
        f'{_HEAD}<Properties xmlns="{_OFFICE}/custom-properties"></Properties>'
    ),
}
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def rewrite(
    archive: zipfile.ZipFile, path: Path, properties: dict[str, str], own_templates: set[str]
) -> None:
    """Write the parts of `archive` to `path`; `properties` maps part names to their types."""
    blank = _blank_parts(properties)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        for entry in archive.infolist():
            if entry.is_dir():
                continue
            fresh = zipfile.ZipInfo(entry.filename, _LONG_AGO)
            fresh.compress_type = zipfile.ZIP_DEFLATED
            with written.open(fresh, "w") as part:
                if entry.filename in blank:
                    part.write(blank[entry.filename])
                elif entry.filename in own_templates:
                    part.write(_with_plain_template(archive.read(entry)))
                else:
                    part.writelines(chunks(archive, entry))


def _blank_parts(properties: dict[str, str]) -> dict[str, bytes]:
    return {
        part: text.encode()
        for part, declared in properties.items()
        for ending, text in _BLANK.items()
        if declared.endswith(ending)
    }


def _with_plain_template(relations: bytes) -> bytes:
    """The same relations, pointing to Word's own template instead of a path on a disk."""
    namespace = f"{_PACKAGE}/relationships"
    ElementTree.register_namespace("", namespace)
    # Safe to read: a part with a DTD was refused before anything is written anew.
    root = ElementTree.fromstring(relations)  # noqa: S314
    for relation in root:
        if relation.get("Type", "").endswith("/attachedTemplate"):
            relation.set("Target", "Normal.dotm")
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
