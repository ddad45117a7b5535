"""What could be read of a file, field by field and item by item, so that one mistake does not hide the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

from pydantic import TypeAdapter

from mailbot.settings.files import Block
from mailbot.settings.model_introspection import below, is_block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import ValidationError
    from pydantic.fields import FieldInfo

    from mailbot.settings.sayings.said import Mistake, Said
    from mailbot.settings.source import Data, Source

Value_co = TypeVar("Value_co", covariant=True)
Block_co = TypeVar("Block_co", bound=Block, covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Generic[Value_co]):
    """One field of a file that could be read: a block, or a plain value."""

    source: Source
    name: str
    value: Value_co
    whole: bool = True

    def problem(self, *at: str | int, what: Said, hint: Said | str = "") -> Mistake:
        """Make a problem that stands at this field, or at a place inside it."""
        return self.source.problem((self.name, *at), what, hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Items(Generic[Block_co]):
    """One list of blocks, with the items that could be read and each one's place in the file."""

    source: Source
    name: str
    items: tuple[tuple[int, Block_co], ...]
    whole: bool
    """Whether every item could be read; if not, nothing may be said about what is missing."""

    def __iter__(self) -> Iterator[tuple[int, Block_co]]:
        """Give the items, each with its place."""
        return iter(self.items)

    @property
    def blocks(self) -> tuple[Block_co, ...]:
        """Return the items alone."""
        return tuple(block for _, block in self.items)

    def line(self, *at: str | int) -> int:
        """Return the line of a place in this list: the item's place, then keys inside it."""
        return self.source.line((self.name, *at))

    def problem(self, *at: str | int, what: Said, hint: Said | str = "") -> Mistake:
        """Make a problem that stands at a place in this list."""
        return self.source.problem((self.name, *at), what, hint)


Section = Part[Any] | Items[Any]


def whole_sections(model: Block, source: Source) -> Iterator[Section]:
    """Give every field of a file in which nothing is wrong."""
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if is_block(below(field.annotation)):
            yield Items(source=source, name=name, items=tuple(enumerate(value)), whole=True)
        else:
            yield Part(source=source, name=name, value=value)


def sound_sections(model: type[Block], source: Source, wrong: ValidationError) -> Iterator[Section]:
    """Give every field of a faulty file that holds up by itself; of a list of blocks, the items that do."""
    data = source.data if isinstance(source.data, dict) else {}
    faults = [detail["loc"] for detail in wrong.errors(include_url=False)]
    for name, field in model.model_fields.items():
        own = [loc for loc in faults if loc[:1] == (name,)]
        given = data.get(name)
        block = below(field.annotation)
        if is_block(block):
            items = tuple((place, block.model_validate(item)) for place, item in _unharmed(given, own))
            if given is None and not own:
                items = tuple(enumerate(field.get_default()))
            yield Items(source=source, name=name, items=items, whole=not own)
        elif not own:
            value = field.get_default() if given is None else _value(field, given)
            yield Part(source=source, name=name, value=value)


def _value(field: FieldInfo, given: Data) -> object:
    """Return one field's value, read by itself."""
    annotation: Any = Annotated[(field.annotation, field)]
    return TypeAdapter(annotation).validate_python(given)


def _unharmed(given: Data, faults: list[tuple[str | int, ...]]) -> list[tuple[int, Data]]:
    """Return the items of a list in which nothing is wrong, each with its place."""
    if not isinstance(given, list):
        return []
    bad = {loc[1] for loc in faults if len(loc) > 1}
    return [(place, item) for place, item in enumerate(given) if place not in bad]
