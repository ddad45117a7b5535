"""Word files as reviewers send them back: comments in their own part, answers to them, changes of every kind."""

from __future__ import annotations

from dataclasses import dataclass

from tests.writing.edited.small_documents import KIND, W, changed, docx, members_of, packed, paragraph, run, tracked

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
AT = "2026-01-07T09:00:00Z"


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment; `answers` is the number of the one that it answers, in a program that says so."""

    text: str
    author: str | None = "Sekretaris"
    at: str = AT
    answers: int | None = None
    done: bool = False
    inside: str = ""
    """Paragraphs in place of one that holds the text."""

    def xml(self, number: int) -> str:
        """Return it as the comments' part holds it."""
        who = "" if self.author is None else f' w:author="{self.author}" w:initials="S"'
        when = f' w:date="{self.at}"' if self.at else ""
        held = self.inside or f'<w:p w14:paraId="{number:08X}"><w:r><w:annotationRef/></w:r>{run(self.text)}</w:p>'
        return f'<w:comment w:id="{number}"{who}{when}>{held}</w:comment>'


def anchored(number: int, *inner: str) -> str:
    """Return a stretch that a comment is about."""
    return (
        f'<w:commentRangeStart w:id="{number}"/>{"".join(inner)}<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    )


def commented(content: bytes, *comments: Comment, threads: bool = False) -> bytes:
    """Return a Word file with these comments, numbered from 0; `threads`: with the part that says who answers whom."""
    held = "".join(one.xml(number) for number, one in enumerate(comments))
    spaces = f'xmlns:w="{W}" xmlns:w14="{W14}" xmlns:w15="{W15}"'
    members = members_of(content)
    members["word/comments.xml"] = f"<w:comments {spaces}>{held}</w:comments>".encode()
    kinds = ["comments"]
    if threads:
        kinds.append("commentsExtended")
        lines = "".join(
            f'<w15:commentEx w15:paraId="{number:08X}" w15:done="{int(one.done)}"'
            + (f' w15:paraIdParent="{one.answers:08X}"' if one.answers is not None else "")
            + "/>"
            for number, one in enumerate(comments)
        )
        members["word/commentsExtended.xml"] = f"<w15:commentsEx {spaces}>{lines}</w15:commentsEx>".encode()
    relations = "".join(
        f'<Relationship Id="rc{number}" Type="{KIND}/{kind}" Target="{kind}.xml"/>' for number, kind in enumerate(kinds)
    )
    types = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        f'wordprocessingml.{kind}+xml"/>'
        for kind in kinds
    )
    members["[Content_Types].xml"] = members["[Content_Types].xml"].replace(b"</Types>", f"{types}</Types>".encode())
    return changed(
        packed(members), ("</Relationships>", f"{relations}</Relationships>"), part="word/_rels/document.xml.rels"
    )


def heading(text: str) -> str:
    """Return a heading."""
    return paragraph(run(text), style="Heading1")


def moved(here: str, words: str, name: str = "move1") -> str:
    """Return one end of a move, `From` or `To`, with the range that names it."""
    return (
        f'<w:move{here}RangeStart w:id="9{len(here)}" w:name="{name}"/>{tracked(f"move{here}", run(words))}'
        f'<w:move{here}RangeEnd w:id="9{len(here)}"/>'
    )


def suggested(kind: str, inner: str) -> str:
    """Return a suggestion as Google Docs exports it: in a content control of its own."""
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val="goog_rdk_0"/></w:sdtPr><w:sdtContent>{tracked(kind, inner)}'
        "</w:sdtContent></w:sdt>"
    )


def row(change: str, *cells: str) -> str:
    """Return a table of one old row and one that was inserted or deleted as a whole."""
    old = f"<w:tr><w:tc>{paragraph(run('Kode'))}</w:tc><w:tc>{paragraph(run('Realisasi'))}</w:tc></w:tr>"
    new = "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{old}<w:tr><w:trPr>{change}</w:trPr>{new}</w:tr></w:tbl>"


def box(inner: str) -> str:
    """Return a text box as Word writes it: once for new programs, once for old ones."""
    held = f"<w:txbxContent>{inner}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing>{held}</w:drawing></mc:Choice><mc:Fallback><w:pict>{held}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def body(*inner: str) -> bytes:
    """Return a Word file: a heading, and a paragraph of these runs under it."""
    return docx(heading("BAB III"), paragraph(*inner))
