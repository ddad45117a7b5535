"""A scene: somebody writes or time passes, and one letter of ours is what comes of it; told as a text of both."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from mailbot.core.codes.letter_kinds import LetterKind
from tests.office import Seen, ToyOffice

KEPT = Path(__file__).parent / "kept"
_QUOTED = "\n\nPada Sen, 5 Jan 2026 pukul 08.00 DISDUKCAPIL menulis:"
_ANY = (
    (re.compile(r"mb1\.[0-9a-f]+"), "mb1.*"),  # some follow from the bytes of the report
    (re.compile(r"\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{12,64}\b"), "*"),  # digests
    (re.compile(r"^( +)\d{6}$", re.MULTILINE), r"\1000000"),  # codes
)

Play = Callable[[Path], ToyOffice]
"""What is played, with a folder of its own; returns the office when the letter has left."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One kind of letter, to whom it goes, and how it comes about."""

    kind: LetterKind
    to: str
    """Key of the person, or an address that is on nobody's list."""
    play: Play

    def told(self, folder: Path) -> str:
        """Play it, and tell what came and what left."""
        office = self.play(folder)
        place, letter = _left(office, self.kind, self.to)
        why = " ".join((self.play.__doc__ or "").split())
        text = f"{why}\n\n{_cause(office, place, letter)}\n{_letter(letter)}"
        for pattern, shown in _ANY:
            text = pattern.sub(shown, text)
        return text


SCENES: dict[LetterKind, Scene] = {}
"""Every scene there is, by the kind of its letter."""


def scene(kind: LetterKind, to: str) -> Callable[[Play], Play]:
    """Put a scene into the list; it is the only one of its kind."""

    def listed(play: Play) -> Play:
        assert kind not in SCENES
        SCENES[kind] = Scene(kind, to, play)
        return play

    return listed


def _left(office: ToyOffice, kind: LetterKind, to: str) -> tuple[int, Seen]:
    """Return the last letter of that kind to somebody, and its place among all that left."""
    addresses = (to,) if "@" in to else office.person(to).addresses
    for place, (address, raw) in reversed(list(enumerate(office.post.delivered))):
        if address in addresses and (seen := office.seen(address, raw)).kind == kind:
            return place, seen
    raise LookupError(f"no {kind} has left to {to}")


def _cause(office: ToyOffice, place: int, letter: Seen) -> str:
    """Tell the mail that came last before the letter, if it came at the same moment; else the moment."""
    moment = email.message_from_bytes(letter.raw, policy=email.policy.default)["Date"].datetime
    clock = office.office.calendar.local(moment).strftime("%Y-%m-%d %H.%M")
    count = office.post.arrived[place]
    came = office.post.mails[count - 1] if count else None
    if came is None or abs((came.internal_date - moment).total_seconds()) > 1:
        return f"{clock}, no mail caused it.\n"
    mail = email.message_from_bytes(came.raw, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    body = mail.get_body(("plain",))
    words = body.get_content().replace("\r\n", "\n").partition(_QUOTED)[0] if body is not None else ""
    proof = "" if mail["Authentication-Results"] else ", and nothing proves it"
    files = "".join(f"Enclosed: {part.get_filename()}\n" for part in mail.iter_attachments())
    written = "".join(f"    {line}".rstrip() + "\n" for line in words.strip().splitlines())
    return f"{clock}, this came{proof}:\nFrom: {mail['From']}\nSubject: {mail['Subject']}\n{files}\n{written}"


def _letter(letter: Seen) -> str:
    """Tell the letter."""
    files = "".join(f"Enclosed: {name}\n" for name, _ in letter.files)
    return f"{'-' * 80}\nTo: {letter.address}\nSubject: {letter.subject}\n{files}\n{letter.text.rstrip()}\n"
