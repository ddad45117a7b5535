"""The one question asked of most lists: does any name stand twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.settings.sayings.said import Mistake, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mailbot.settings.files import Block
    from mailbot.settings.sections import Items


def stands_once(*lists: Items[Block], field: str, fold: Callable[[str], str] = str.casefold) -> Iterator[Mistake]:
    """Name every block whose `field` was used before, in these lists together; case makes no difference.

    Args:
        lists: the lists, one after the other.
        field: the field that must differ.
        fold: how a name is reduced before it is compared.
    """
    seen: dict[str, int] = {}
    for listed in lists:
        for place, block in listed:
            name = str(getattr(block, field))
            if fold(name) in seen:
                yield listed.problem(
                    place,
                    field,
                    what=said("stands_twice", field=field, name=name, seen=seen[fold(name)]),
                    hint=said("give_another"),
                )
            else:
                seen[fold(name)] = listed.line(place, field)
