"""Documents as values, for tests of what is found in them."""

from __future__ import annotations

from mailbot.core.draft.document import Block, BlockKind, Document, FigureRead


def block(text: str, *, table: str = "", number: int = 0, heading: str = "BAB III", plain: str | None = None) -> Block:
    """Return a paragraph, or a cell of that table."""
    return Block(
        kind=BlockKind.CELL if number else BlockKind.PARAGRAPH,
        text=text,
        plain=text if plain is None else plain,
        heading=heading,
        table=table,
        table_number=number,
    )


def cell(text: str, table: str = "Tabel 3.2", number: int = 2) -> Block:
    """Return a cell."""
    return block(text, table=table, number=number)


def document(*parts: Block | tuple[Block, str], pictures: tuple[str, ...] = ()) -> Document:
    """Return a document of blocks; beside a block stands the tag of the anchor that it is whole."""
    blocks = tuple(part[0] if isinstance(part, tuple) else part for part in parts)
    figures = tuple(
        FigureRead(tag=part[1], text=part[0].text, block=place)
        for place, part in enumerate(parts)
        if isinstance(part, tuple)
    )
    return Document(blocks=blocks, figures=figures, pictures=pictures)
