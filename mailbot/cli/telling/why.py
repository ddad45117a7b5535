"""`mailbot why` and `mailbot outbox show`: why somebody got a letter, in one sentence, out of what is kept of it."""

from __future__ import annotations

from email import message_from_bytes
from typing import TYPE_CHECKING, Annotated

import typer

from mailbot.cli.options import ConfigOption, existing_ledger, settings_of, spelled

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.ledger.ledger import Ledger
    from mailbot.ledger.values import OutboxLetter
    from mailbot.settings.sayings.catalogue import Say
    from mailbot.settings.settings import Settings

_EVERY = 1_000_000
_Which = Annotated[str, typer.Argument(metavar="LETTER", help="Its number, its key, or its Message-ID.")]


def why(letter: _Which, config: ConfigOption = None) -> None:
    """Tell in one sentence why somebody got a letter, and which mail it answers."""
    from mailbot.settings.sayings.catalogue import speech

    settings = settings_of(config)
    with existing_ledger(settings) as ledger:
        typer.echo(reason_of(_found(ledger, letter, speech(settings.language), config), ledger, settings))


def outbox_show(letter: _Which, config: ConfigOption = None) -> None:
    """Show one letter: to whom, about what, what became of it, and why it was sent."""
    from mailbot.cli.options import now
    from mailbot.cli.telling.letter_states import state_words, waits_because, way_out
    from mailbot.settings.sayings.catalogue import speech

    settings = settings_of(config)
    say = speech(settings.language)
    with existing_ledger(settings) as ledger:
        known = _found(ledger, letter, say, config)
        raw = ledger.letters.raw(known.key)
        waits = waits_because(known, way_out(ledger, settings, now()), say)
        typer.echo(say("os_letter", number=known.id, key=known.key))
        for code, value in (
            ("os_to", known.address),
            ("os_subject", _decoded(str(message_from_bytes(raw)["Subject"] or ""))),
            ("os_state", f"{state_words(known, settings.office(), say)} {f'({waits})' if waits else ''}".rstrip()),
            ("os_id", known.message_id),
            ("os_why", reason_of(known, ledger, settings)),
        ):
            typer.echo(f"  {say(code):<12} {value}")


def reason_of(letter: OutboxLetter, ledger: Ledger, settings: Settings) -> str:
    """Return the sentence about one letter, by the office's words.

    Raises:
        TemplateProblem: the words are missing.
    """
    from mailbot.writing.plan.why import Reasons, SentLetter
    from mailbot.writing.words.templates import in_language

    cycle = ledger.cycles.get(letter.cycle) if letter.cycle else None
    at = letter.sent_at or letter.queued_at
    reasons = Reasons(settings.office(), in_language(settings.template_folders, settings.language))
    sentence = reasons.sentence(SentLetter(kind=letter.kind, person=letter.person, unit=letter.unit, at=at), cycle)
    if not letter.is_answer:
        return sentence
    asked = str(message_from_bytes(ledger.letters.raw(letter.key))["In-Reply-To"] or "").strip()
    mails = ledger.inbox.by_message_id(asked) if asked else ()
    return sentence + (reasons.answered(letter.address, mails[0].received_at) if mails else reasons.answered())


def _found(ledger: Ledger, which: str, say: Say, config: Path | None) -> OutboxLetter:
    """Return a letter by its number, key or Message-ID."""
    known = ledger.letters.by_key(which)
    if known is None and which.isdigit():
        known = next((one for one in ledger.letters.listing(limit=_EVERY) if one.id == int(which)), None)
    if known is None:
        known = ledger.letters.by_message_id((which if which.startswith("<") else f"<{which}>",))
    if known is None:
        raise typer.BadParameter(say("os_unknown", which=which, list=spelled("outbox list", config)))
    return known


def _decoded(subject: str) -> str:
    """Return a subject as it is read."""
    from email.header import decode_header, make_header

    return " ".join(str(make_header(decode_header(subject))).split())
