"""A digest of anything in a PDF, equal where it means the same, however its objects are numbered (rows 7, 8)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, IndirectObject, NameObject, StreamObject

if TYPE_CHECKING:
    from pypdf import PdfReader

_NOT_SEEN = frozenset(
    {
        *("/Parent", "/P", "/StructParent", "/StructParents", "/Length", "/Filter", "/DecodeParms"),
        *("/Metadata", "/PieceInfo", "/LastModified", "/DL"),
    }
)
"""What says nothing of how a page looks."""
_LOSSLESS = frozenset(
    {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx"}
)
_DEEPEST = 60


class Shapes:
    """The digests of one PDF's objects."""

    def __init__(self, pdf: PdfReader) -> None:
        """Know the pages, which are named by their place."""
        self._known: dict[tuple[int, int], bytes] = {}
        self._pages: dict[tuple[int, int], int] = {}
        for number, page in enumerate(pdf.pages):
            reference = page.indirect_reference
            if reference is not None:
                self._pages[reference.idnum, reference.generation] = number

    def digest(self, value: Any) -> str:  # noqa: ANN401 - whatever a PDF holds
        """Return the digest of a value."""
        return self._of(value, 0).hex()

    def named(self, resources: dict[str, Any], kind: str, operands: Any) -> str:  # noqa: ANN401 - as above
        """Return the digest of the resource that operands name first; of what is no name the digest itself."""
        of = resources.get(kind)
        of = of.get_object() if isinstance(of, IndirectObject) else of
        name = operands[0] if operands else None
        if isinstance(name, NameObject) and isinstance(of, DictionaryObject) and name in of:
            return self.digest(of.raw_get(name))
        return self.digest(name)

    def _of(self, value: Any, depth: int) -> bytes:  # noqa: ANN401 - as above
        """Return the digest of a value, in so many others."""
        if depth > _DEEPEST:
            raise ValueError("objects within objects")
        if isinstance(value, IndirectObject):
            return self._referred(value, depth)
        if isinstance(value, StreamObject):
            return _hash(b"stream", self._dictionary(value, depth), *self._content(value, depth))
        if isinstance(value, DictionaryObject):
            return self._dictionary(value, depth)
        if isinstance(value, ArrayObject | list | tuple):
            return _hash(b"array", *(self._of(one, depth + 1) for one in value))
        return _hash(b"plain", _plain(value))

    def _referred(self, reference: IndirectObject, depth: int) -> bytes:
        """Return the digest of what is referred to: a page by its place, anything else by what it is."""
        key = reference.idnum, reference.generation
        if key in self._pages:
            return _hash(b"page", str(self._pages[key]).encode())
        if key not in self._known:
            self._known[key] = b"again"  # what refers to itself
            self._known[key] = self._of(reference.get_object(), depth + 1)
        return self._known[key]

    def _content(self, stream: StreamObject, depth: int) -> tuple[bytes, ...]:
        """Return the digest of what a stream holds: unpacked, where any program would unpack it to the same bytes.

        A picture stays as it is packed, with how it is: unpacking one costs much, and may want another program.
        """
        packed = stream.get("/Filter")
        names = packed if isinstance(packed, ArrayObject) else [packed] if packed is not None else []
        if stream.get("/Subtype") != "/Image" and all(name in _LOSSLESS for name in names):
            return (hashlib.sha256(stream.get_data()).digest(),)
        raw = hashlib.sha256(bytes(stream._data)).digest()  # noqa: SLF001 - the one way to what is packed
        return raw, *(self._of(stream.get(name), depth + 1) for name in ("/Filter", "/DecodeParms"))

    def _dictionary(self, value: DictionaryObject, depth: int) -> bytes:
        """Return the digest of a dictionary, in the order of its keys."""
        keys = sorted(str(key) for key in value if key not in _NOT_SEEN)
        return _hash(
            b"dictionary",
            *(
                part
                for key in keys
                for part in (key.encode("utf-8", "replace"), self._of(value.raw_get(key), depth + 1))
            ),
        )


def _hash(*parts: bytes) -> bytes:
    """Return one digest of parts that cannot run into each other."""
    return hashlib.sha256(b"".join(len(part).to_bytes(4, "big") + part for part in parts)).digest()


def _plain(value: Any) -> bytes:  # noqa: ANN401 - as above
    """Return a number, a name or a text as bytes; 1 and 1.0 are one number."""
    if isinstance(value, BooleanObject):
        return str(value.value).encode()
    if isinstance(value, bool) or value is None or isinstance(value, str | bytes):
        return repr(value).encode("utf-8", "replace")
    try:
        return f"{float(value):.4f}".encode()
    except (TypeError, ValueError):
        return repr(value).encode("utf-8", "replace")
