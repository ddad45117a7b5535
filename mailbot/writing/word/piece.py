"""XML of our own making that a Word file's tag prints as it is."""

from __future__ import annotations


class Piece:
    """Runs (`{{r name }}`) or paragraphs and tables (`{{p name }}`) of Word, never a text to be escaped."""

    def __init__(self, xml: str) -> None:
        """Keep the XML."""
        self._xml = xml

    def __html__(self) -> str:
        """Give the XML itself."""
        return self._xml
