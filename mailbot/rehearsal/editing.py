"""How invented staff edit a draft: they open the Word file they were sent and write a sentence at its end."""

from __future__ import annotations

import io

from docx import Document


def edited(docx: bytes, addition: str) -> bytes:
    """Return a Word file with one more paragraph, as a program for texts saves it.

    Args:
        docx: the draft as it came by mail.
        addition: what is written behind its last paragraph.
    """
    document = Document(io.BytesIO(docx))
    document.add_paragraph(addition)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()
