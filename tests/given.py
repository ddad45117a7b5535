"""A clerk that works with other values than the one before: each is put into whichever part has it."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from mailbot.clerk.parts import Clerk

Part = TypeVar("Part")


def given(clerk: Clerk, **named: Any) -> Clerk:  # noqa: ANN401 - values of every part
    """Return the clerk with these values, such as `pacing=` or `read_forms=`; those of a box are the first box's.

    Raises:
        TypeError: no part has a value of that name.
    """
    left = dict(named)
    boxes = left.pop("boxes", clerk.post.boxes)
    neighbours = left.pop("neighbours", clerk.neighbours)
    post = _with(replace(clerk.post, boxes=(_with(boxes[0], left), *boxes[1:])), left)
    maker: Any = left.pop("maker", None) or _with(clerk.maker, left)
    reader = _with(clerk.reader, left)
    given_clerk = replace(
        clerk,
        neighbours=neighbours,
        books=_with(clerk.books, left),
        maker=replace(maker, reader=reader) if getattr(maker, "reader", None) is not None else maker,
        post=post,
        reader=reader,
        lookout=_with(clerk.lookout, left),
    )
    known = {field.name for part in _parts(given_clerk) for field in fields(part)}
    if wrong := left.keys() - known:
        raise TypeError(f"no part of the clerk has {', '.join(sorted(wrong))}")
    return given_clerk


def _parts(clerk: Clerk) -> tuple[Any, ...]:
    """Return everything that has values."""
    return (clerk.books, clerk.maker, clerk.post, *clerk.post.boxes, clerk.reader, clerk.lookout)


def _with(part: Part, named: dict[str, Any]) -> Part:
    """Return a part with those of the values that it has."""
    own = {field.name for field in fields(part)}  # type: ignore[arg-type]  # every part is a dataclass
    return replace(part, **{name: value for name, value in named.items() if name in own})  # type: ignore[type-var]  # likewise a dataclass
