"""Puts the office's emblem in its place, wherever a Word file has a picture named `logo`, or takes the picture out."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.oxml.ns import qn

from mailbot.errors import TemplateProblem

if TYPE_CHECKING:
    from mailbot.core.model.office import Office

_NAME = "logo"
_LEAST_TWIPS = 20
"""Width that a column without its emblem keeps."""


def logo_file(office: Office) -> Path | None:
    """Return the office's picture, None where it names none.

    Raises:
        TemplateProblem: the office names a picture that is nowhere.
    """
    named = office.letterhead.logo
    if not named:
        return None
    picture = Path(named)
    if not picture.is_file():
        raise TemplateProblem(f"the office's logo {named} is nowhere")
    return picture


def place_logo(template: Any, picture: Path | None) -> None:  # noqa: ANN401 - docxtpl ships no types
    """Show a picture in place of every one named `logo` in an opened template, within the same square, undistorted.

    Without one the place closes up: nobody signs a ring that stands for an emblem.

    Raises:
        TemplateProblem: the picture is no PNG or JPEG.
    """
    part = template.docx.part
    for inline in list(part.element.iter(qn("wp:inline"))):
        if inline.find(qn("wp:docPr")).get("name") != _NAME:
            continue
        if picture is None:
            drawing = inline.getparent()
            _close_up(next(drawing.iterancestors(qn("w:tc")), None))
            drawing.getparent().remove(drawing)
            continue
        try:
            relation, image = part.get_or_add_image(io.BytesIO(picture.read_bytes()))
        except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError) as problem:
            raise TemplateProblem(f"{picture} is no picture that Word knows: {problem}") from problem
        inline.graphic.graphicData.pic.blipFill.blip.set(qn("r:embed"), relation)
        width, height = inline.extent.cx, inline.extent.cy
        scale = min(width / image.px_width, height / image.px_height)
        for extent in (inline.extent, inline.graphic.graphicData.pic.spPr.xfrm.find(qn("a:ext"))):
            extent.set("cx", str(round(image.px_width * scale)))
            extent.set("cy", str(round(image.px_height * scale)))


def _close_up(cell: Any) -> None:  # noqa: ANN401 - lxml ships no types
    """Give the width of the cell beside the letterhead's lines to them, which stand centred on the paper then."""
    if cell is None or cell.getnext() is None:
        return
    columns = list(cell.getparent().getparent().iter(qn("w:gridCol")))[:2]
    widths = [one.find(f"{qn('w:tcPr')}/{qn('w:tcW')}") for one in (cell, cell.getnext())]
    for narrow, wide in (columns, widths):
        wide.set(qn("w:w"), str(int(wide.get(qn("w:w"))) + int(narrow.get(qn("w:w"))) - _LEAST_TWIPS))
        narrow.set(qn("w:w"), str(_LEAST_TWIPS))
