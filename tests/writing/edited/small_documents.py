"""Small Word files with anchors, headings, tables and tracked changes, and what other programs make of them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.styles+xml"/>'
    '<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.header+xml"/>'
    '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.footnotes+xml"/></Types>'
)
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_STYLES = (
    f'<w:styles xmlns:w="{W}">'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Bab"><w:name w:val="Judul Bab"/><w:basedOn w:val="Heading1"/></w:style>'
    "</w:styles>"
)


def run(text: str) -> str:
    """Return a run."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def figure(tag: str, text: str) -> str:
    """Return a figure in its anchor."""
    inner = bookmarked(tag, text)
    return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'


def bookmarked(tag: str, text: str, number: int = 5) -> str:
    """Return a figure in our bookmark alone, as LibreOffice saves an anchor."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{tag}:{number}"/>{run(text)}<w:bookmarkEnd w:id="{number}"/>'


def paragraph(*inner: str, style: str = "", mark: str = "") -> str:
    """Return a paragraph; `mark` stands in the properties of its end."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    marked = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{styled}{marked}</w:pPr>{''.join(inner)}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """Return a table of cells, each the inside of a paragraph."""
    grid = "".join('<w:gridCol w:w="2000"/>' for _ in rows[0])
    made = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    )
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>'


def tracked(kind: str, inner: str, author: str = "Kasubbag", at: str = "2026-01-07T09:00:00Z") -> str:
    """Return a tracked change around something: ins, del, moveFrom, moveTo."""
    if kind in {"del", "moveFrom"}:
        inner = inner.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
    return f'<w:{kind} w:id="7" w:author="{author}" w:date="{at}">{inner}</w:{kind}>'


def docx(*blocks: str, header: str = "", notes: str = "", parts: dict[str, bytes] | None = None) -> bytes:
    """Return a Word file of these blocks."""
    body = f'<w:document xmlns:w="{W}"><w:body>{"".join(blocks)}<w:sectPr/></w:body></w:document>'
    inner = (
        f'<Relationship Id="r1" Type="{KIND}/styles" Target="styles.xml"/>'
        f'<Relationship Id="r2" Type="{KIND}/header" Target="header1.xml"/>'
        f'<Relationship Id="r3" Type="{KIND}/footnotes" Target="footnotes.xml"/>'
    )
    outer = f'<Relationship Id="r1" Type="{KIND}/officeDocument" Target="word/document.xml"/>'
    members = {
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": _RELS.format(outer).encode(),
        "word/_rels/document.xml.rels": _RELS.format(inner).encode(),
        "word/document.xml": body.encode(),
        "word/styles.xml": _STYLES.encode(),
        "word/header1.xml": f'<w:hdr xmlns:w="{W}">{header or paragraph()}</w:hdr>'.encode(),
        "word/footnotes.xml": (
            f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{notes or paragraph()}</w:footnote></w:footnotes>'
        ).encode(),
    }
    return packed(members | (parts or {}))


def packed(members: dict[str, bytes]) -> bytes:
    """Return a package of these members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return made.getvalue()


def members_of(content: bytes) -> dict[str, bytes]:
    """Return the members of a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def changed(content: bytes, *swaps: tuple[str, str], part: str = "word/document.xml") -> bytes:
    """Return a Word file with texts of one part replaced; each must stand there."""
    members = members_of(content)
    xml = members[part].decode()
    for old, new in swaps:
        assert old in xml, old
        xml = xml.replace(old, new)
    return packed(members | {part: xml.encode()})


def with_body(content: bytes, added: str) -> bytes:
    """Return a Word file with blocks added at the end of its body."""
    members = members_of(content)
    xml = members["word/document.xml"].decode()
    place = xml.rindex("<w:sectPr") if xml.rindex("<w:sectPr") > xml.rindex("</w:p>") else xml.rindex("</w:body>")
    members["word/document.xml"] = (xml[:place] + added + xml[place:]).encode()
    return packed(members)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What another program makes of a Word file when it saves it."""

    drops: tuple[str, ...] = ()
    """Patterns that are taken out of every part."""
    renames: tuple[tuple[str, str], ...] = field(default=())
    colons: str = ":"
    """How the colons in the names of our bookmarks are written."""

    def saves(self, content: bytes) -> bytes:
        """Return the file as that program saves it."""
        members = members_of(content)
        for name in [name for name in members if name.endswith(".xml")]:
            xml = members[name].decode()
            for pattern in self.drops:
                xml = re.sub(pattern, "", xml, flags=re.DOTALL)
            xml = re.sub(r'(?<=w:name=")mb:[^"]*', lambda found: found[0].replace(":", self.colons), xml)
            for old, new in self.renames:
                xml = xml.replace(old, new)
            members[name] = xml.encode()
        return packed(members)


_CONTROLS = r"</?w:sdt>|</?w:sdtContent>|<w:sdtPr>.*?</w:sdtPr>|<w:sdtEndPr>.*?</w:sdtEndPr>"
LIBREOFFICE = Elsewhere(drops=(_CONTROLS,), colons="%3A")
"""LibreOffice 7.4: controls are gone, the bookmarks in them stay, with their colons written otherwise."""
GOOGLE = Elsewhere(
    drops=(f"{_CONTROLS}|<w:bookmark[^>]*>",),
    renames=(('w:val="Heading1"', 'w:val="_abc1"'), ('w:styleId="Heading1"', 'w:styleId="_abc1"')),
)
"""Google Docs: content controls and their bookmarks do not survive; styles get other ids, and keep their names."""
WPS = Elsewhere(
    renames=(
        ('w:val="Heading1"', 'w:val="2"'),
        ('w:styleId="Heading1"', 'w:styleId="2"'),
        ('w:val="heading 1"', 'w:val="heading 1"'),
    ),
)
"""WPS: ids of styles are numbers, names stay; content controls are kept."""
STRICT = Elsewhere(
    renames=(
        (W, "http://purl.oclc.org/ooxml/wordprocessingml/main"),
        (KIND, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    )
)
"""Word's "strict" files: other namespaces for the same."""
