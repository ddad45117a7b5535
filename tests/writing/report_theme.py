"""The report's colours: the accents of the Word file's theme, which its charts are drawn in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document

ACCENTS = ("1F4E79", "C55A11", "9DC3E6", "6B7480", "385723")
"""Dark blue, rust, light blue, grey, dark green: apart in greyscale (30, 45, 75 of 100), and for the colour-blind."""


def colour(document: Document) -> None:
    """Set the theme's accents; an office that has its own in its template gets charts in those."""
    part = next(one for one in document.part.package.iter_parts() if str(one.partname).startswith("/word/theme/"))
    theme = part.blob.decode()
    for number, value in enumerate(ACCENTS, start=1):
        whole = f"<a:accent{number}>.*?</a:accent{number}>"
        own = f'<a:accent{number}><a:srgbClr val="{value}"/></a:accent{number}>'
        theme = re.sub(whole, own, theme, flags=re.DOTALL)
    part._blob = theme.encode()  # noqa: SLF001 - python-docx has no name for a theme
