"""The two tables of the board's door: whatever lets somebody in is kept as its SHA-256 alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from mailbot.ledger.columns import Table, Words


class BoardLinkRow(Table, table=True):
    """One link by which a listed person may sign in, once; it is deleted when it was used or its time is over."""

    __tablename__ = "board_link"
    __table_args__ = (Index(None, "browser_sha256"),)
    link_sha256: str = Field(primary_key=True)
    browser_sha256: str
    code_sha256: str
    address: Words
    made_at: datetime
    ends_at: datetime


class BoardSessionRow(Table, table=True):
    """One browser in which a listed person is signed in; with its end it lets nobody in."""

    __tablename__ = "board_session"
    __table_args__ = (Index(None, "address"),)
    session_sha256: str = Field(primary_key=True)
    address: Words
    network: str
    made_at: datetime
    seen_at: datetime
    ends_at: datetime
