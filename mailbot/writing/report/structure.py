"""The office's structure as a chart of boxes, made of a Word table, which every program and every phone shows alike."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from mailbot.writing.word.piece import Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailbot.core.model.profile import Post

_MOST_BOXES = 5
"""So many boxes stand beside one another; of more, each stands below the other."""
_WIDTH_TWIPS = 9355
_LINE = 'w:val="single" w:sz="6" w:space="0" w:color="5B6B7F"'
_FILLS = ("D9E2EC", "EEF2F6")


def structure(posts: Sequence[Post]) -> Piece | str:
    """Return the chart of some posts as a table of Word (`{{p name }}`); empty where there are none.

    At the top stands who is under nobody; below, side by side, who is under him, each with all below himself listed.
    """
    heads = [one for one in posts if not one.under or one.under not in {post.title for post in posts}]
    if not heads:
        return ""
    top, *others = heads
    children = [one for one in posts if one.under == top.title] + others
    if not children:
        return Piece(_table([_WIDTH_TWIPS], [_row([_cell(1, _WIDTH_TWIPS, [_said(top.title, bold=True)], _FILLS[0])])]))
    lists = {one.title: _below(one.title, posts, frozenset({top.title}), 0) for one in children}
    if len(children) > _MOST_BOXES:
        return Piece(_stacked(top, children, lists))
    return Piece(_side_by_side(top, children, lists))


def _below(title: str, posts: Sequence[Post], seen: frozenset[str], depth: int) -> list[tuple[int, str]]:
    """Return everybody below a post with how deep he stands; a circle in the office's file ends where it closes."""
    found: list[tuple[int, str]] = []
    for one in posts:
        if one.under == title and one.title not in seen:
            found += [(depth, one.title), *_below(one.title, posts, seen | {title, one.title}, depth + 1)]
    return found


def _side_by_side(top: Post, children: Sequence[Post], lists: dict[str, list[tuple[int, str]]]) -> str:
    """Return boxes beside one another under the head's, joined by lines; each box takes four columns of the grid."""
    count = len(children)
    half, gap = _WIDTH_TWIPS * 45 // (count * 100), _WIDTH_TWIPS * 5 // (count * 100)
    grid = [gap, half, half, gap] * count
    middle = 2 * count
    wide = sum(grid)
    side = 1 if count == 1 else count
    head_span = len(grid) - 2 * (side if count > 1 else 1)
    outer = (len(grid) - head_span) // 2
    head_wide = sum(grid[outer : outer + head_span])
    rest = (wide - head_wide) // 2
    rows = [
        _row(
            [
                _cell(outer, rest, [_said("")]),
                _cell(head_span, head_wide, [_said(top.title, bold=True)], _FILLS[0]),
                _cell(outer, rest, [_said("")]),
            ]
        ),
        _row([_cell(middle, wide // 2, [_said("")], lines="right"), _cell(middle, wide // 2, [_said("")])], low=True),
    ]
    joints: list[str] = []
    for at in range(count):
        left = "top" if at else ""
        right = "top" if at < count - 1 else ""
        joints += [
            _cell(2, gap + half, [_said("")], lines=f"right {left}"),
            _cell(2, gap + half, [_said("")], lines=right),
        ]
    rows.append(_row(joints, low=True))
    boxes: list[str] = []
    for one in children:
        lines = [_said(one.title, bold=True), *_listed(lists[one.title])]
        boxes += [_cell(1, gap, [_said("")]), _cell(2, 2 * half, lines, _FILLS[1]), _cell(1, gap, [_said("")])]
    rows.append(_row(boxes))
    return _table(grid, rows)


def _stacked(top: Post, children: Sequence[Post], lists: dict[str, list[tuple[int, str]]]) -> str:
    """Return boxes below one another, each with whom it leads to its right."""
    first = _WIDTH_TWIPS * 2 // 5
    rows = [_row([_cell(2, _WIDTH_TWIPS, [_said(top.title, bold=True)], _FILLS[0])])]
    for one in children:
        below = _listed(lists[one.title])
        if not below:
            rows.append(_row([_cell(2, _WIDTH_TWIPS, [_said(one.title, bold=True)], _FILLS[1])]))
            continue
        leads = _cell(1, first, [_said(one.title, bold=True)], _FILLS[1])
        rows.append(_row([leads, _cell(1, _WIDTH_TWIPS - first, below, "FFFFFF")]))
    return _table([first, _WIDTH_TWIPS - first], rows)


def _listed(posts: Sequence[tuple[int, str]]) -> list[str]:
    """Return who is below a post, a paragraph each, the deeper the further in."""
    return [_said(f"• {words}", left=60 + 140 * deep) for deep, words in posts]


def _table(grid: Sequence[int], rows: Sequence[str]) -> str:
    """Return a table of fixed widths."""
    columns = "".join(f'<w:gridCol w:w="{one}"/>' for one in grid)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(grid)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(cells: Sequence[str], *, low: bool = False) -> str:
    """Return a row that no page cuts; a low one holds only lines."""
    height = '<w:trHeight w:val="180" w:hRule="exact"/>' if low else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(span: int, wide: int, paragraphs: Sequence[str], fill: str = "", lines: str = "") -> str:
    """Return a cell: a box where it has a fill, else only the lines that join boxes."""
    drawn = ("top", "left", "bottom", "right") if fill else [side for side in ("top", "right") if side in lines.split()]
    edges = "".join(f"<w:{side} {_LINE}/>" for side in drawn)
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    borders = f"<w:tcBorders>{edges}</w:tcBorders>" if edges else ""
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties = f'<w:tcW w:w="{wide}" w:type="dxa"/>{spans}{borders}{shade}'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def _said(words: str, *, bold: bool = False, left: int = 0) -> str:
    """Return a paragraph of a box: a post centred, who is below him from the left."""
    style = "TabelTebal" if bold else "Tabel"
    place = f'<w:ind w:left="{left + 120}" w:hanging="120"/>' if left else '<w:jc w:val="center"/>'
    text = f'<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>' if words else ""
    look = f'<w:pStyle w:val="{style}"/><w:keepNext/><w:spacing w:before="20" w:after="20"/>{place}'
    return f"<w:p><w:pPr>{look}</w:pPr>{text}</w:p>"
