"""A read document as it passes between the daemon and the reader's own process."""

from __future__ import annotations

from dataclasses import astuple, fields
from typing import Any

from mailbot.core.draft.document import Block, BlockKind, ChangeKind, Document, FigureRead, TrackedChange


def dump_document(document: Document) -> dict[str, Any]:
    """Return a document as plain values."""
    return {
        "blocks": [astuple(block) for block in document.blocks],
        "figures": [astuple(figure) for figure in document.figures],
        "changes": [astuple(change) for change in document.changes],
        "pictures": document.pictures,
        "damaged": document.damaged,
    }


def load_document(values: dict[str, Any]) -> Document:
    """Return the document that `dump_document` made the values from.

    Raises:
        KeyError, ValueError, TypeError: the values are of another make.
    """
    return Document(
        blocks=tuple(_block(block) for block in values["blocks"]),
        figures=tuple(FigureRead(tag=str(tag), text=str(text), block=int(at)) for tag, text, at in values["figures"]),
        changes=tuple(_change(change) for change in values["changes"]),
        pictures=tuple(map(str, values["pictures"])),
        damaged=tuple(map(str, values["damaged"])),
    )


def _block(values: list[Any]) -> Block:
    """Return one block."""
    named = dict(zip((field.name for field in fields(Block)), values, strict=True))
    return Block(**named | {"kind": BlockKind(named["kind"])})


def _change(values: list[Any]) -> TrackedChange:
    """Return one tracked change."""
    named = dict(zip((field.name for field in fields(TrackedChange)), values, strict=True))
    return TrackedChange(**named | {"kind": ChangeKind(named["kind"])})
