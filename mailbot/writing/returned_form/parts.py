"""The parts of a sender's own XLSX package, opened for marking: what refers to what, and what new parts need."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from functools import lru_cache

from lxml import etree

from mailbot.writing.form.sheet_xml import MAIN
from mailbot.writing.form.xlsx_package import packed, unpacked, zip_bytes

NS = f"{{{MAIN}}}"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = f"{{{_PACKAGE}/content-types}}"
_RELATION = f"{{{_PACKAGE}/relationships}}Relationship"
_EMPTY_RELATIONS = f'<Relationships xmlns="{_PACKAGE}/relationships"/>'
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BEFORE_NAMES = frozenset(f"{NS}{name}" for name in ("sheets", "functionGroups", "externalReferences"))
"""What stands before `definedNames` in a workbook (ECMA-376, CT_Workbook)."""
_WORKBOOK = "xl/workbook.xml"
_MOST_BYTES = 50_000_000
_MOST_MEMBERS = 200
_KEPT = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How office programs pack; a member packed otherwise is packed anew."""
_LOCKED = 0x1
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, OSError, EOFError)
_CHOSEN = re.compile(rb'(<(?:\w+:)?sheetView\b[^>]*?) tabSelected="(?:1|true)"')
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, collect_ids=False)


class NotMarkable(ValueError):
    """A workbook that is not built as office programs build them; it is answered with a fresh form instead."""


class Parts:
    """All members of a package, and the few questions marking asks of them."""

    def __init__(self, content: bytes) -> None:
        """Unpack the package.

        Raises:
            NotMarkable: it is no plain XLSX package of moderate size, or carries macros (which are never sent on).
        """
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                members = [member for member in archive.infolist() if not member.is_dir()]
                size = sum(member.file_size for member in members)
                if len(members) > _MOST_MEMBERS or size > _MOST_BYTES:
                    raise NotMarkable("too large")
                plain = (
                    member for member in members if member.compress_type in _KEPT and not member.flag_bits & _LOCKED
                )
                self._packed = {member.filename: packed(content, member) for member in plain}
                self.members: dict[str, bytes] = {
                    name: unpacked(self._packed[name]) if name in self._packed else archive.read(name)
                    for name in (member.filename for member in members)
                }
            self._came = dict(self.members)
        except _DAMAGE as trouble:
            raise NotMarkable(f"zip: {trouble}") from trouble
        if _WORKBOOK not in self.members or any("vbaproject" in name.casefold() for name in self.members):
            raise NotMarkable("no workbook, or one with macros")
        self.workbook = self.tree(_WORKBOOK)
        if self.workbook.tag != f"{NS}workbook":
            raise NotMarkable("a workbook of another namespace")
        self._types = self.tree("[Content_Types].xml")
        self._related: dict[str, etree._Element] = {}

    def tree(self, part: str) -> etree._Element:
        """Return a part as parsed XML.

        Raises:
            NotMarkable: there is no such part, or it is damaged, or carries a document type.
        """
        content = self.members.get(part, b"")
        if b"<!DOCTYPE" in content:
            raise NotMarkable(f"{part} carries a document type")
        try:
            return etree.fromstring(content, _PARSER)
        except (etree.XMLSyntaxError, ValueError) as trouble:
            raise NotMarkable(f"{part}: {trouble}") from trouble

    def sheets(self) -> dict[str, str]:
        """Return the name of every sheet and its part."""
        targets = self.targets(_WORKBOOK)
        return {
            sheet.get("name", ""): targets[relation]
            for sheet in self.workbook.iter(f"{NS}sheet")
            if (relation := sheet.get(f"{{{RELATIONS}}}id", "")) in targets
        }

    def targets(self, part: str) -> dict[str, str]:
        """Return the parts a part refers to, by id."""
        return {relation.get("Id", ""): _joined(part, relation.get("Target", "")) for relation in self._relations(part)}

    def of_kind(self, part: str, kind: str) -> str | None:
        """Return the part of a kind (`comments`, `vmlDrawing`, `styles`) that a part refers to, if there is one."""
        for relation in self._relations(part):
            if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
                target = _joined(part, relation.get("Target", ""))
                return target if target in self.members else None
        return None

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part refer to another and return the id of the reference; an existing one is used again."""
        relations = self._relations(part)
        for known in relations:
            if known.get("Type", "").endswith(f"/{kind}") and _joined(part, known.get("Target", "")) == target:
                return known.get("Id", "")
        taken = {known.get("Id") for known in relations}
        relation = next(name for number in range(1, len(taken) + 2) if (name := f"rId{number}") not in taken)
        attributes = {"Id": relation, "Type": f"{RELATIONS}/{kind}", "Target": f"/{target}"}
        etree.SubElement(relations, _RELATION, attributes)
        self.members[_relations_of(part)] = _bytes(relations)
        return relation

    def keep_relations(self, part: str, kinds: frozenset[str]) -> frozenset[str]:
        """Leave a part only its references of these kinds to parts of the package; return the parts they lead to."""
        relations, kept = self._relations(part), set()
        for relation in list(relations):
            kind, target = relation.get("Type", "").rpartition("/")[2], _joined(part, relation.get("Target", ""))
            if kind in kinds and relation.get("TargetMode", "Internal") == "Internal" and target in self.members:
                kept.add(target)
            else:
                relations.remove(relation)
                self.members[_relations_of(part)] = _bytes(relations)
        return frozenset(kept)

    def keep_parts(self, parts: frozenset[str]) -> None:
        """Leave only these parts in the package, what refers from them, and what the package says of them."""
        kept = {*parts, "[Content_Types].xml", *map(_relations_of, (*parts, ""))}
        self.members = {name: content for name, content in self.members.items() if name in kept}
        for entry in list(self._types):
            if entry.get("PartName") is not None and entry.get("PartName", "").lstrip("/") not in kept:
                self._types.remove(entry)

    def bytes_of(self, root: etree._Element) -> bytes:
        """Return a part's XML as it is written."""
        return _bytes(root)

    def declare(self, part: str, kind: str) -> None:
        """Say in the package what a new part is."""
        if not any(entry.get("PartName") == f"/{part}" for entry in self._types):
            etree.SubElement(self._types, f"{_TYPES}Override", {"PartName": f"/{part}", "ContentType": kind})

    def declare_drawings(self) -> None:
        """Say in the package what VML drawings are."""
        if not any(entry.get("Extension", "").casefold() == "vml" for entry in self._types):
            kind = {"Extension": "vml", "ContentType": _DRAWING_TYPE}
            self._types.insert(0, etree.Element(f"{_TYPES}Default", kind))

    def unused(self, pattern: str) -> str:
        """Return the first name of a pattern such as `xl/comments{}.xml` that no part has."""
        taken = {name.casefold() for name in self.members}
        return next(name for n in range(1, len(taken) + 2) if (name := pattern.format(n)).casefold() not in taken)

    def put_in_front(self, name: str, earlier: str | None, xml: bytes, header_row: int) -> None:
        """Make a sheet the first one, on which the workbook opens.

        Args:
            name: of the sheet.
            earlier: the sheet it takes the place of, if there is one.
            xml: its part.
            header_row: printed again on every page.
        """
        for part in self.sheets().values():
            content = self.members.get(part, b"")
            self.members[part] = _CHOSEN.sub(rb"\1", content) if b"tabSelected" in content else content
        if earlier is not None:
            self.members[self.sheets()[earlier]] = xml
            next(sheet for sheet in self.workbook.iter(f"{NS}sheet") if sheet.get("name") == earlier).set("name", name)
            for defined in self.workbook.iter(f"{NS}definedName"):
                defined.text = (defined.text or "").replace(f"{_quoted(earlier)}!", f"{_quoted(name)}!")
        else:
            self._insert_sheet(name, xml)
            self._repeat_row(name, header_row)
        for view in self.workbook.iter(f"{NS}workbookView"):
            front = [sheet.get("name") for sheet in self.workbook.iter(f"{NS}sheet")].index(name)
            view.set("activeTab", str(front))
            view.set("firstSheet", str(front))

    def finish(self) -> bytes:
        """Return the package as bytes that depend on nothing but its parts."""
        self.members[_WORKBOOK] = _bytes(self.workbook)
        self.members["[Content_Types].xml"] = _bytes(self._types)
        return zip_bytes(
            {
                name: self._packed.get(name, content) if content is self._came.get(name) else content
                for name, content in self.members.items()
            }
        )

    def _insert_sheet(self, name: str, xml: bytes) -> None:
        """Put a new sheet before all others; names that belong to a sheet by its number follow it."""
        part = self.unused("xl/worksheets/sheet{}.xml")
        self.members[part] = xml
        self.declare(part, _SHEET_TYPE)
        relation = self.relate(_WORKBOOK, "worksheet", part)
        listing = next(self.workbook.iter(f"{NS}sheets"))
        number = 1 + max((int(sheet.get("sheetId", "0")) for sheet in listing), default=0)
        attributes = {"name": name, "sheetId": str(number), f"{{{RELATIONS}}}id": relation}
        listing.insert(0, etree.Element(f"{NS}sheet", attributes))
        for defined in self.workbook.iter(f"{NS}definedName"):
            if (local := defined.get("localSheetId")) is not None:
                defined.set("localSheetId", str(int(local) + 1))

    def _repeat_row(self, name: str, row: int) -> None:
        """Let a row of the first sheet be printed on each of its pages."""
        names = self.workbook.find(f"{NS}definedNames")
        if names is None:
            before = [index for index, child in enumerate(self.workbook) if child.tag in _BEFORE_NAMES]
            names = etree.Element(f"{NS}definedNames")
            self.workbook.insert(before[-1] + 1, names)
        title = etree.Element(f"{NS}definedName", {"name": "_xlnm.Print_Titles", "localSheetId": "0"})
        title.text = f"{_quoted(name)}!${row}:${row}"
        names.insert(0, title)

    def _relations(self, part: str) -> etree._Element:
        """Return the relations of a part, an empty list if it has none; read once, however often they are asked for."""
        name = _relations_of(part)
        if name not in self._related:
            self._related[name] = self.tree(name) if name in self.members else etree.fromstring(_EMPTY_RELATIONS)
        return self._related[name]


def _quoted(name: str) -> str:
    """Return a sheet's name as formulas write it."""
    return "'" + name.replace("'", "''") + "'"


@lru_cache(maxsize=256)
def _relations_of(part: str) -> str:
    """Return the part that holds another's relations."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


@lru_cache(maxsize=1024)
def _joined(part: str, target: str) -> str:
    """Return the part a target names, seen from another part."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


def _bytes(root: etree._Element) -> bytes:
    """Return a part's XML."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
