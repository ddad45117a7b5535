"""Taking a core value's fields over from blocks of settings, so that no default of the core's stands in for one."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from mailbot.settings.files import Block

Value = TypeVar("Value")


def made(kind: type[Value], *blocks: Block, **said: Any) -> Value:  # noqa: ANN401 - whatever the kind's fields take
    """Make a core value: what a block has under a field's own name is taken over, the others are said here.

    Raises:
        TypeError: a field is neither; no default of the core's may stand in for a setting.
    """
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # every kind here is a dataclass
    values = {name: getattr(block, name) for block in blocks for name in names & type(block).model_fields.keys()} | said
    if left := names - values.keys():
        raise TypeError(f"{kind.__name__}: {', '.join(sorted(left))} stand in no block")
    return kind(**values)
