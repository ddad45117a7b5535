"""Mails of our own with known answers: replies of many mail programs, and attempts to pass for somebody else."""

from __future__ import annotations

from dataclasses import dataclass

from tests.reading.clients import CLIENTS, ENGLISH, INDONESIAN, as_mail
from tests.reading.proof.test_forgeries import HEAD, RESULTS, SENDERS
from tests.reading.text.test_clients import TYPED


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One reply, and the word it says; None: nothing that decides."""

    name: str
    raw: bytes
    word: str | None


def replies() -> list[Reply]:
    """Return every reply: what was typed, in every mail program, in both languages."""
    return [
        Reply(
            name=f"{client.__name__}-{words.name}-{number}",
            raw=as_mail(client(typed, words)),
            word=word.value if word is not None else None,
        )
        for client in CLIENTS
        for words in (INDONESIAN, ENGLISH)
        for number, (typed, word) in enumerate(TYPED)
    ]


def forgeries() -> list[bytes]:
    """Return every attempt: each way to write From with each way to write a result."""
    return [
        f"{results}{sender}Subject: Re: Draf\r\n\r\nDISAHKAN\r\n".encode()
        for sender in SENDERS.values()
        for results in RESULTS.values()
    ]


def accepted(address: str, proof: str) -> bool:
    """Say whether a forgery has passed: the mail counts as the Kepala Dinas' own, and as proved."""
    return address.casefold() == HEAD and proof not in {"none", "failed"}
