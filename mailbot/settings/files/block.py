"""What every block of settings has in common: frozen, no unknown key, and an empty value means the default."""

from __future__ import annotations

from types import NoneType
from typing import Any, Self, get_args

from pydantic import BaseModel, ConfigDict, model_validator


def _may_be_empty(schema: dict[str, Any]) -> None:
    """Let an editor's check pass a key without a value, which means the default."""
    for name, wanted in schema.get("properties", {}).items():
        if name in schema.get("required", ()) or {"type": "null"} in wanted.get("anyOf", ()):
            continue
        told = {key: wanted[key] for key in ("title", "description", "default") if key in wanted}
        kind = {key: value for key, value in wanted.items() if key not in told}
        schema["properties"][name] = {**told, "anyOf": [kind, {"type": "null"}]}


class Block(BaseModel):
    """One block of keys in a YAML file."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra=_may_be_empty)

    def but(self, **changed: Any) -> Self:  # noqa: ANN401 - whatever the block's fields take
        """Return the block with other values under some keys, checked as if they stood in the file."""
        return type(self).model_validate(dict(self) | changed)

    @model_validator(mode="before")
    @classmethod
    def _empty_means_default(cls, data: Any) -> Any:  # noqa: ANN401 - whatever stands in the file comes through here
        """Take away keys without a value (`logo:`), except where `null` is itself an answer."""
        if not isinstance(data, dict):
            return data
        return {key: value for key, value in data.items() if value is not None or not cls._fills_in(key)}

    @classmethod
    def _fills_in(cls, key: str) -> bool:
        """Say whether that key is one of ours and cannot hold None."""
        field = cls.model_fields.get(key)
        return field is not None and NoneType not in get_args(field.annotation)
