"""A Word document that somebody sent, before it goes on: nothing in it runs or leads outside, by a list of what may."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING, cast

from lxml import etree

from mailbot.writing.charts.chart_workbook import is_plain_workbook
from mailbot.writing.packing import pack_zip
from mailbot.writing.word.traces import without_traces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_MOST_BYTES = 100_000_000
_MOST_MEMBERS = 2_000
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_REFERS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_KINDS = frozenset(
    {
        *("officeDocument", "core-properties", "extended-properties"),
        *("styles", "stylesWithEffects", "settings", "webSettings", "fontTable", "theme", "numbering", "header"),
        *("footer", "footnotes", "endnotes", "comments", "commentsExtended", "commentsIds", "commentsExtensible"),
        *("people", "image", "chart", "chartUserShapes", "chartStyle", "chartColorStyle", "customXml"),
        *("customXmlProps", "diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing"),
    }
)
"""What a part may refer to within the document."""
_GOES = frozenset(
    {
        *("attachedTemplate", "subDoc", "altChunk", "object", "OLEObject", "control", "externalData", "mailMerge"),
        *("frameset", "saveThroughXslt", "contentPart", "hlinkClick", "hlinkHover", "movie"),
    }
)
"""What is taken out of a part, wherever it stands."""
_GOING = tuple(f"{{*}}{name}" for name in sorted(_GOES))
_REFERRING = etree.XPath("descendant-or-self::*[@refers:*]", namespaces={"refers": _REFERS.strip("{}")})
_FIELDS = frozenset(
    {
        *("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "TOC", "TC", "PAGEREF", "REF", "NOTEREF", "SEQ", "STYLEREF"),
        *("DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "TITLE", "SUBJECT", "AUTHOR", "NUMWORDS", "NUMCHARS"),
        *("FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "SYMBOL", "QUOTE", "IF", "INDEX", "XE", "LISTNUM", "="),
    }
)
"""Fields that reckon with the document alone."""
_LINK_INSIDE = re.compile(r'\s*HYPERLINK\s+\\l\s+"[^"\\]*"(?:\s+\\[hmnt](?:\s+"[^"\\]*")?)*\s*')
_NAME = re.compile(r"\s*(=|[A-Za-z]+)")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, collect_ids=False, huge_tree=True)


class NotADocument(ValueError):
    """A file that is not built as Word builds documents; it is never sent on."""


def passive_document(content: bytes) -> bytes:
    """Return a document that only shows: the very same bytes where it does already.

    Raises:
        NotADocument: it cannot be read to the end, or has no body.
    """
    parts = _parts(content)
    kept, changed = _reached(parts)
    changed = without_traces(parts, _tree, _bytes) or changed
    body = False
    for name in sorted(kept):
        if name.endswith(".xml"):
            root = _tree(parts[name], name)
            body = body or str(root.tag).rpartition("}")[2] == "document"
            if _cleaned(root, _known(parts, name)):
                parts[name], changed = _bytes(root), True
    if not body:
        raise NotADocument("no body in it")
    if not changed and set(parts) == kept | _about(parts):
        return content
    types = _tree(parts["[Content_Types].xml"], "[Content_Types].xml")
    endings = {"rels", *(name.rpartition(".")[2].casefold() for name in kept)}
    for entry in list(types):
        overrides = entry.tag == f"{_TYPES}Override"
        named = entry.get("PartName", "").lstrip("/") if overrides else entry.get("Extension", "").casefold()
        if named not in (kept if overrides else endings):
            types.remove(entry)
    parts["[Content_Types].xml"] = _bytes(types)
    return pack_zip({name: parts[name] for name in parts if name in kept | _about(parts, kept)})


def _parts(content: bytes) -> dict[str, bytes]:
    """Return the members of the package; raises NotADocument."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = [member for member in package.infolist() if not member.is_dir()]
            if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > _MOST_BYTES:
                raise NotADocument("too large")
            return {member.filename: package.read(member) for member in members}
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError) as trouble:
        raise NotADocument(str(trouble)) from trouble


def _reached(parts: dict[str, bytes]) -> tuple[set[str], bool]:
    """Cut every reference that is not on the list; return the parts that are still reached, and whether any was cut."""
    kept: set[str] = set()
    waiting, cut = [""], False
    while waiting:
        part = waiting.pop()
        name = _relations_of(part)
        if name not in parts:
            continue
        relations = _tree(parts[name], name)
        for relation in list(relations):
            target = posixpath.normpath(
                posixpath.join("/", posixpath.dirname(part), relation.get("Target", ""))
            ).lstrip("/")
            kind = relation.get("Type", "").rpartition("/")[2]
            inside = relation.get("TargetMode", "Internal") == "Internal" and target in parts
            if not inside or not (kind in _KINDS or _is_data(kind, parts[target])):
                relations.remove(relation)
                cut = True
            elif target not in kept:
                kept.add(target)
                waiting.append(target)
        if cut:
            parts[name] = _bytes(relations)
    if not kept:
        raise NotADocument("no document in it")
    return kept, cut


def _is_data(kind: str, content: bytes) -> bool:
    """Say whether a reference leads to the workbook of a chart, built as ours are; one that Word saved anew is not."""
    return kind == "package" and is_plain_workbook(content)


def _known(parts: dict[str, bytes], part: str) -> frozenset[str]:
    """Return the references that a part still has."""
    name = _relations_of(part)
    if name not in parts:
        return frozenset()
    return frozenset(relation.get("Id", "") for relation in _tree(parts[name], name).iter(_RELATION))


def _cleaned(root: etree._Element, known: frozenset[str]) -> bool:
    """Take out of a part what runs or leads outside; return whether there was anything."""
    changed = False
    for element in list(root.iter(*_GOING)):
        if not _leads_to_data(element, known):
            _drop(element)
            changed = True
    for element in cast("list[_Element]", _REFERRING(root)):
        for name in [name for name in map(str, element.attrib) if name.startswith(_REFERS)]:
            if element.get(name) not in known:
                del element.attrib[name]
                changed = True
    return _fields_cleaned(root) or changed


def _leads_to_data(element: etree._Element, known: frozenset[str]) -> bool:
    """Say whether an element names the data of a chart that stay with it."""
    of_a_chart = (
        element.getparent() is not None and etree.QName(element.getroottree().getroot()).localname == "chartSpace"
    )
    return of_a_chart and etree.QName(element).localname == "externalData" and known == {element.get(f"{_REFERS}id")}


def _fields_cleaned(root: etree._Element) -> bool:
    """Empty the instruction of every field that is not on the list; what it shows stays."""
    changed = False
    for instructions in _instructions(root):
        text = "".join(part.text or "" for part in instructions)
        if text.strip() and not _is_inside(text):
            for part in instructions:
                part.text = ""
            changed = True
    for simple in root.iter("{*}fldSimple"):
        for name, value in list(simple.attrib.items()):
            if str(name).endswith("}instr") and str(value).strip() and not _is_inside(str(value)):
                simple.set(name, "")
                changed = True
    return changed


def _instructions(root: etree._Element) -> Iterator[list[etree._Element]]:
    """Give the pieces of each field's instruction, which may be spread over many runs and hold other fields."""
    open_fields: list[tuple[list[etree._Element], list[str]]] = []
    for element in root.iter("{*}fldChar", "{*}instrText", "{*}delInstrText"):
        if etree.QName(element).localname == "fldChar":
            kinds = {str(value) for name, value in element.attrib.items() if str(name).endswith("}fldCharType")}
            if "begin" in kinds:
                open_fields.append(([], []))
            elif "separate" in kinds and open_fields:
                open_fields[-1][1].append("shown")
            elif "end" in kinds and open_fields:
                yield open_fields.pop()[0]
        elif open_fields:
            # A field within an instruction could put any word together: it belongs to all around it.
            for pieces, shown in open_fields:
                if not shown:
                    pieces.append(element)
        else:
            yield [element]
    yield from (pieces for pieces, _ in open_fields)


def _is_inside(instruction: str) -> bool:
    """Say whether a field reckons with the document alone."""
    name = _NAME.match(instruction)
    if name is None:
        return False
    if _LINK_INSIDE.fullmatch(instruction):
        return True
    words = {word.upper() for word in re.findall(r"[A-Za-z]{3,}", instruction)}
    return name[1].upper() in _FIELDS and not words & _REACHING


_REACHING = frozenset(
    {"DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "LINK", "IMPORT", "DATABASE", "MACROBUTTON", "HTTP", "HTTPS"}
)
"""Words that no field on the list needs, and that one put together of several would hold."""


def _about(parts: dict[str, bytes], kept: set[str] | None = None) -> set[str]:
    """Return the members that speak of others: the list of types, and the references of what is kept."""
    of = (*kept, "") if kept is not None else (*parts, "")
    return {name for name in ("[Content_Types].xml", *map(_relations_of, of)) if name in parts}


def _relations_of(part: str) -> str:
    """Return the member that holds a part's references."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _tree(content: bytes, name: str) -> etree._Element:
    """Return a part's XML; raises NotADocument where it is damaged or carries a document type."""
    if b"<!DOCTYPE" in content:
        raise NotADocument(f"{name} carries a document type")
    try:
        return etree.fromstring(content, _PARSER)
    except (etree.XMLSyntaxError, ValueError) as trouble:
        raise NotADocument(f"{name}: {trouble}") from trouble


def _bytes(root: etree._Element) -> bytes:
    """Return a part's XML as it is written."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _drop(element: etree._Element) -> None:
    """Take an element out of its tree; what stands behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = f"{before.tail or ''}{element.tail}"
        else:
            parent.text = f"{parent.text or ''}{element.tail}"
    parent.remove(element)
