"""Whether two readers of PDF find the same pages in a file: the signature is checked by one, the pages by the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdf import PdfReader


def read_alike(drawn: tuple[bytes, ...], pdf: PdfReader) -> bool:
    """Say whether a reader finds as many pages as another did, each drawn by the same words.

    A file may be built so that each reader finds another document in it: one that is signed, and one that is ours.
    """
    contents = (page.get_contents() for page in pdf.pages)
    return tuple(map(_bare, drawn)) == tuple(_bare(one.get_data() if one is not None else b"") for one in contents)


def _bare(content: bytes) -> bytes:
    """Return a content without its blanks: the libraries join streams in their own ways."""
    return b"".join(content.split())
