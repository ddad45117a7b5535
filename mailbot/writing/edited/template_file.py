"""An office's own Word template as letters are made of it: without what Word keeps of the people who edited it."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from lxml import etree

from mailbot.writing.edited.accepting import accepted
from mailbot.writing.edited.word_parts import local, members_of, stories, written
from mailbot.writing.packing import pack_zip
from mailbot.writing.word.body import root_of
from mailbot.writing.word.traces import without_traces_in_template

if TYPE_CHECKING:
    from lxml.etree import _Element

_OF_EDITORS = frozenset(
    {
        *("attachedTemplate", "comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"),
        *("custom-properties", "thumbnail"),
    }
)
"""What a part refers to that is of those who edited it: the path of their template, remarks, names, a picture."""
_MARKS = frozenset({"commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"})
_ABOUT_TYPES = "[Content_Types].xml"


def without_its_editors(template: bytes) -> bytes:
    """Return a Word template without names, paths, remarks and open changes; the very same bytes where it has none.

    Open changes count as accepted: that is how the template looks. What mailbot ships has none of all that.

    Raises:
        zipfile.BadZipFile, lxml.etree.XMLSyntaxError: it is not whole.
    """
    template = accepted(template)
    parts = members_of(template)
    gone = _cut(parts)
    changed = without_traces_in_template(parts, lambda content, _: root_of(content), written)
    if not (gone or changed):
        return template
    for name, root in list(stories(parts)):
        if _unmarked(root):
            parts[name] = written(root)
    types = root_of(parts[_ABOUT_TYPES])
    for entry in [one for one in types if one.get("PartName", "").lstrip("/") in gone]:
        types.remove(entry)
    parts[_ABOUT_TYPES] = written(types)
    return pack_zip({name: content for name, content in parts.items() if name not in gone})


def _cut(parts: dict[str, bytes]) -> set[str]:
    """Cut the references to what is of its editors; return the parts that go, with their own references."""
    gone: set[str] = set()
    for name in [name for name in parts if name.endswith(".rels")]:
        relations = root_of(parts[name])
        own = [one for one in relations if one.get("Type", "").rpartition("/")[2] in _OF_EDITORS]
        for relation in own:
            where = posixpath.dirname(posixpath.dirname(name))
            if relation.get("TargetMode") != "External":
                gone.add(posixpath.normpath(posixpath.join("/", where, relation.get("Target", ""))).lstrip("/"))
            relations.remove(relation)
        if own:
            parts[name] = written(relations)
            _without_path(parts, name)
    return gone | {posixpath.join(posixpath.dirname(one), "_rels", f"{posixpath.basename(one)}.rels") for one in gone}


def _without_path(parts: dict[str, bytes], relations: str) -> None:
    """Take the mention of its own template out of the settings, whose reference to it was cut."""
    settings = relations.replace("_rels/", "").removesuffix(".rels")
    if settings in parts and b"attachedTemplate" in parts[settings]:
        root = root_of(parts[settings])
        for element in list(root.iter("{*}attachedTemplate")):
            _take_out(element)
        parts[settings] = written(root)


def _unmarked(root: _Element) -> bool:
    """Take out where remarks stood; say whether any did."""
    marks = [element for element in root.iter(etree.Element) if local(element) in _MARKS]
    for mark in marks:
        _take_out(mark)
    return bool(marks)


def _take_out(element: _Element) -> None:
    """Take an element out of what it stands in."""
    above = element.getparent()
    if above is not None:
        above.remove(element)
