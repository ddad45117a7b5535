"""Every text of a file with the place it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.settings.source import Data, Loc, Source


def texts_of(source: Source) -> Iterator[tuple[Loc, str]]:
    """Give every value of a file that is a text, with its place, from the top."""
    yield from _below(source.data, ())


def _below(data: Data, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Give the texts below one place."""
    if isinstance(data, str):
        yield loc, data
    elif isinstance(data, list):
        for place, item in enumerate(data):
            yield from _below(item, (*loc, place))
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _below(value, (*loc, key))
