"""What the tables are made of: their catalogue, and columns for large numbers, bytes, and a stranger's words."""

from __future__ import annotations

from typing import Annotated

from sqlalchemy import BigInteger, Dialect, LargeBinary, MetaData, Text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel


def storable(words: str) -> str:
    """Return text as every database can hold it: a NUL or a lone surrogate becomes U+FFFD (the raw mail has it)."""
    return words.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class Storable(TypeDecorator[str]):
    """Text that may come from a stranger's mail."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Replace what a database would refuse."""
        return value if value is None or (value.isascii() and "\0" not in value) else storable(value)


Words = Annotated[str, Field(sa_type=Storable)]
Big = Annotated[int, Field(sa_type=BigInteger)]
Bytes = Annotated[bytes, Field(sa_type=LargeBinary)]


class Table(SQLModel):
    """What all tables share: one catalogue, with names for every constraint, so that a migration can speak of them."""

    # A row is stored and read, never validated: pydantic need not make ready for it.
    model_config = {"defer_build": True}
    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        }
    )
