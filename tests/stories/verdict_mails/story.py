"""One story: what somebody sends in rows 6b, 7 or 8, and what it must come to."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.stories.verdict_mails import phones
from tests.stories.verdict_mails.envelopes import Envelope
from tests.stories.verdict_mails.letters import ID, Words
from tests.stories.verdict_mails.looking import Client
from tests.stories.verdict_mails.replies import Reply

ASKS, IGNORED = "asks", "ignored"
TOLD = "asks, told"
"""Asked, and Subbag Program reads of it at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One mail."""

    wanted: str
    """The word it decides, `asks`, `asks, told`, `ignored`, or the kind of letter that its sender gets."""
    row: str = "ratify"
    client: Client = phones.bare
    typed: str = "DISAHKAN"
    words: Words = ID
    envelope: Envelope = field(default_factory=Envelope)
    by: str = ""
    written: Reply | None = None
    """The mail's renderings as they are, where no program's are meant."""


def page(body: str, text: str | None = None) -> Reply:
    """Return a page, with or without a text beside it."""
    return Reply(text=text, page=f"<html><body>{body}</body></html>")


def header(name: str, value: str) -> Envelope:
    """Return an envelope with one field more."""
    return Envelope(header=((name, value),))
