"""The renderings of a reply, and how lines are typed, broken and shown in one."""

from __future__ import annotations

import html
import textwrap
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The renderings of a reply; None where the program sends only the other."""

    text: str | None
    page: str | None
    charset: str = "utf-8"
    flowed: bool = False
    encoding: str = "quoted-printable"
    mailer: str = ""


def broken(typed: tuple[str, ...], width: int = 72) -> tuple[str, ...]:
    """Break typed lines as programs do that send plain text."""
    return tuple(piece for line in typed for piece in textwrap.wrap(line, width) or [""])


def flowing(typed: tuple[str, ...], width: int = 72) -> tuple[str, ...]:
    """Break typed lines softly (RFC 3676)."""
    lines: list[str] = []
    for line in typed:
        pieces = textwrap.wrap(line, width) or [""]
        lines += [*(f"{piece} " for piece in pieces[:-1]), pieces[-1]]
    return tuple(lines)


def shown(typed: tuple[str, ...], tag: str = "div") -> str:
    """Show typed lines as HTML, an empty line as a break."""
    return "".join(f"<{tag}>{html.escape(line) if line else '<br>'}</{tag}>" for line in typed)


def joined(*blocks: str | tuple[str, ...]) -> str:
    """Put lines and blocks of lines one below another."""
    return "\n".join(line for block in blocks for line in ((block,) if isinstance(block, str) else block))
