"""What every block of settings has in common: frozen, no unknown key, and an empty value means the default."""

from __future__ import annotations

from types import NoneType
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, model_validator


class Block(BaseModel):
    """One block of keys in a YAML file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

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
