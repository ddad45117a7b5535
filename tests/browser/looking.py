"""A page as axe-core's rules see it and as wide as it is, light and dark; a picture of it where somebody wants one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

PHONE, DESK = 360, 1100
_AXE = Axe()
_RULES = (
    "axe.run({%sresultTypes: ['violations'], preload: false})"
    ".then(found => found.violations.map(one => [one.id, one.nodes.map(node => node.html)]))"
)
_STICKING_OUT = (
    "[...document.querySelectorAll('td[data-label]')].filter(cell => cell.scrollHeight > cell.clientHeight + 1)"
    ".map(cell => cell.dataset.label)"
)
"""Cells whose label runs over their edge, and so over the next one."""

_CRUSHED = (
    "[...document.querySelectorAll('tbody th, tbody td, dd, h1, h2')].filter(part => part.childElementCount === 0"
    " && /^\\S{2,5}$/.test(part.textContent.trim()) && part.getClientRects().length > 0"
    " && (range => (range.selectNodeContents(part), range.getClientRects().length > 1))(document.createRange()))"
    ".map(part => part.textContent.trim())"
)
"""Words of a few signs that stand on more than one line, sign below sign."""


def violations(page: Page, *rules: str) -> list[tuple[str, list[str]]]:
    """Return the rules that are broken and where: of all rules, or of those named."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE.axe_script)
    found = page.evaluate(_RULES % (f"runOnly: {list(rules)}, " if rules else ""))
    return [(rule, where) for rule, where in found]


def is_for_everybody(page: Page, name: str = "") -> None:
    """Hold a page that is open against all of it, at both widths; in the dark only contrast can differ.

    Keep a picture of it by its name, in the folder that `MAILBOT_PICTURES` names.
    """
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="light", media="screen")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(_STICKING_OUT) == []
        assert page.evaluate(_CRUSHED) == []
        assert violations(page) == []
        if name and (folder := os.environ.get("MAILBOT_PICTURES")):
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    # Nothing is coloured otherwise on a phone, and at a desk everything shows.
    page.emulate_media(color_scheme="dark")
    assert violations(page, "color-contrast") == []
    page.emulate_media(color_scheme="light")
