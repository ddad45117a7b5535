"""Commands that look into the ledger: the inbox, the outbox, the journal."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailbot.cli.options import ConfigOption, JsonOption, existing_ledger, settings_of, spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from mailbot.core.model.office import Office
    from mailbot.ledger.journal import JournalEntry
    from mailbot.ledger.ledger import Ledger
    from mailbot.ledger.values import InboxMail
    from mailbot.settings.sayings.catalogue import Say
    from mailbot.settings.settings import Settings

Limit = Annotated[int, typer.Option("--limit", help="How many at most.")]


def journal(
    cycle: Annotated[str | None, typer.Argument(help="Key of one cycle; without it, the whole journal.")] = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the journal, oldest first; say whether its chain of hashes holds."""
    settings = settings_of(config)
    say = _speech(settings)
    with existing_ledger(settings) as ledger:
        entries = ledger.journal.read(cycle)
        if cycle is not None and not entries:
            keys = ", ".join(one.key for one in ledger.cycles.all()) or say("ac_none")
            raise typer.BadParameter(say("jo_no_cycle", cycle=cycle, keys=keys))
        broken = ledger.journal.verify()
        head = ledger.journal.head()
        for text in map(_entry_json, entries) if as_json else _entries_words(entries, settings, ledger):
            typer.echo(text)
    if not as_json:
        typer.echo(say("jo_whole" if broken is None else "jo_cut", count=head.count, head=head.hash[:16]))
    if broken is not None:
        typer.echo(say("jo_broken", line=broken), err=True)
        raise typer.Exit(1)


def _entry_json(entry: JournalEntry) -> str:
    """Return one line of the journal for programs."""
    row: dict[str, Any] = {
        "number": entry.number,
        "at": entry.line.at.isoformat(),
        "cycle": entry.cycle,
        "event": entry.line.event,
        "actor": entry.line.actor,
        "unit": entry.line.unit,
        "detail": dict(entry.line.detail),
        "hash": entry.hash,
        "salt": entry.salt,
    }
    return json.dumps(row, ensure_ascii=False)


def _entries_words(entries: Iterable[JournalEntry], settings: Settings, ledger: Ledger) -> Iterator[str]:
    """Yield lines of the journal for people, in the words that the board has for them."""
    from mailbot.cli.options import now
    from mailbot.cli.telling.journal_words import as_on_the_board, entries_words

    yield from entries_words(entries, as_on_the_board(settings, ledger, now()))


def inbox_list(config: ConfigOption = None, limit: Limit = 50) -> None:
    """List the mails that came, the newest first, each with its one final state."""
    from mailbot.cli.telling.standing_words import outcome_words

    settings = settings_of(config)
    say = _speech(settings)
    with existing_ledger(settings) as ledger:
        for mail in ledger.inbox.listing(limit=limit):
            state = outcome_words(mail.outcome.value, say) if mail.outcome else say("ib_waits", tries=mail.attempts)
            typer.echo(
                f"{mail.id:>5}  {_local(mail.received_at, settings.office())}  {state:<18} {mail.detail:<20} "
                f"{mail.size_bytes:>9} B  {mail.message_id}"
            )
        counts = ledger.inbox.counts()
    said = {"kept": counts.kept, "settled": counts.settled, "waiting": counts.waiting, "set_aside": counts.set_aside}
    typer.echo(say("ib_counts", **said))


def inbox_show(
    mail: Annotated[int, typer.Argument(help="Number in `inbox list`.")],
    config: ConfigOption = None,
    raw: Annotated[bool, typer.Option("--raw", help="Print the mail byte for byte as it came.")] = False,
) -> None:
    """Show one mail: its state, why, and if it was set aside the traceback and what to do."""
    from mailbot.cli.telling.standing_words import outcome_words

    settings = settings_of(config)
    say = _speech(settings)
    with existing_ledger(settings) as ledger:
        try:
            found = ledger.inbox.get(mail)
        except KeyError as error:
            unknown = say("ib_unknown", mail=mail, list=spelled("inbox list", config))
            raise typer.BadParameter(unknown) from error
        content = ledger.inbox.raw(mail) if raw else b""
    if raw:
        typer.get_binary_stream("stdout").write(content)
        return
    rows = {
        "ib_received": _local(found.received_at, settings.office()),
        "ib_place": f"{found.account} {found.folder} UID {found.uid} (UIDVALIDITY {found.uid_validity})",
        "ib_message_id": found.message_id,
        "ib_sha256": found.sha256,
        "ib_state": outcome_words(found.outcome.value, say) if found.outcome else say("ib_waits", tries=found.attempts),
        "ib_detail": found.detail,
        "ib_attempts": str(found.attempts),
        "ib_error": found.error,
    }
    for name, value in rows.items():
        if value:
            # A traceback has lines of its own; they stand below each other, as Python prints them.
            typer.echo(f"{say(name):<11} " + value.rstrip().replace("\n", f"\n{'':<11} "))
    for step in _ways_out(found, settings.folder, say):
        typer.echo(f"{say('ib_next'):<11} {step}")


def _ways_out(mail: InboxMail, config: Path, say: Say) -> tuple[str, ...]:
    """Return what the operator can do about a mail that was set aside, or that is being tried."""
    from mailbot.core.model.outcome import MailOutcome

    command, number = f"mailbot --config {config}", mail.id
    if mail.outcome is MailOutcome.SET_ASIDE:
        return (
            say("ib_read_it"),
            f"  {command} inbox show {number} --raw > {number}.eml",
            say("ib_explain_it", command=f"{command} explain {number}.eml"),
            say("ib_mend_it"),
            f"  {command} inbox replay {number} --with COPY.eml",
            say("ib_report_it"),
            say("ib_again", command=f"{command} inbox replay {number}"),
        )
    if mail.outcome is None and mail.error:
        return (say("ib_tried_again"),)
    return ()


def inbox_replay(
    mail: Annotated[int, typer.Argument(help="Number in `inbox list`.")],
    config: ConfigOption = None,
    mended: Annotated[
        Path | None,
        typer.Option("--with", exists=True, dir_okay=False, help="The mail as mended, in place of one set aside."),
    ] = None,
) -> None:
    """Let a mail be worked again at the next pass, as it came or as mended; mended, it proves no sender."""
    if mended is not None:
        _mend(mail, mended, config)
        return
    settings = settings_of(config)
    say = _speech(settings)
    with existing_ledger(settings) as ledger:
        if not ledger.inbox.replay(mail):
            raise typer.BadParameter(say("ib_no_replay", mail=mail))
    typer.echo(say("ib_replayed", mail=mail))


def _mend(mail: int, mended: Path, config: Path | None) -> None:
    """Put a file in place of a mail that was set aside, and write down that it was done."""
    from mailbot.cli.options import now
    from mailbot.core.procedure.addressing import line
    from mailbot.ledger.values import Changes

    at, content, settings = now(), mended.read_bytes(), settings_of(config)
    say = _speech(settings)
    with existing_ledger(settings) as ledger:
        if not ledger.inbox.mend(mail, content, at):
            raise typer.BadParameter(say("ib_no_mend", mail=mail))
        noted = line(at, "mail_mended", "operator", mail=str(mail), sha256=hashlib.sha256(content).hexdigest())
        ledger.commit(Changes(at=at, journal=(("", noted),)))
    typer.echo(say("ib_mended", mail=mail))


def outbox_list(config: ConfigOption = None, limit: Limit = 50) -> None:
    """List letters, the newest first, each with its state and why it waits."""
    from mailbot.cli.options import now
    from mailbot.cli.telling.letter_states import state_word, waits_because, way_out

    settings = settings_of(config)
    say = _speech(settings)
    with existing_ledger(settings) as ledger:
        letters, way = ledger.letters.listing(limit=limit), way_out(ledger, settings, now())
        width = max((len(letter.address) for letter in letters), default=0)
        for letter in letters:
            when = _local(letter.sent_at or letter.due_at, settings.office())
            state, waits = state_word(letter, say), waits_because(letter, way, say)
            typer.echo(f"{state:<9} {when}  {letter.address:<{width}}  {letter.key}  {waits}".rstrip())
        counts = ledger.letters.counts()
        if ledger.letters.held():
            typer.echo(say("ob_held", release=spelled("outbox release", config)))
    typer.echo(say("ob_counts", **asdict(counts)))


def outbox_hold(
    key: Annotated[str | None, typer.Argument(help="Key of one letter; without it, everything.")] = None,
    config: ConfigOption = None,
) -> None:
    """Let nothing leave any more (the big red button), or hold one letter."""
    settings = settings_of(config)
    say = _speech(settings)
    with existing_ledger(settings) as ledger:
        if key is None:
            ledger.outbox.hold_all()
        elif not ledger.outbox.hold(key):
            raise typer.BadParameter(say("ob_waits_not", key=key, list=spelled("outbox list", config)))
    typer.echo(say("ob_held_now"))
    if key is None:
        typer.echo(say("ob_release_all", command=spelled("outbox release", config)))
    else:
        typer.echo(say("ob_release_one", command=spelled(f"outbox release {key}", config)))


def outbox_release(
    key: Annotated[str | None, typer.Argument(help="Key of one letter; without it, everything.")] = None,
    config: ConfigOption = None,
) -> None:
    """Let letters leave again, and logins that were refused be tried at once; or release one held letter."""
    from mailbot.clerk.logins import OUTGOING, resume
    from mailbot.cli.wiring import ledger_account

    settings = settings_of(config)
    say = _speech(settings)
    with existing_ledger(settings) as ledger:
        if key is None:
            ledger.outbox.release_all()
            servers = (settings.imap, *(further.server for further in settings.further))
            resume(ledger, (*map(ledger_account, servers), OUTGOING))
        elif not ledger.outbox.release(key):
            raise typer.BadParameter(say("ob_not_held", key=key, list=spelled("outbox list", config)))
    typer.echo(say("ob_released"))


def outbox_retry(
    key: Annotated[str | None, typer.Argument(help="Key of a letter.")] = None,
    config: ConfigOption = None,
    every: Annotated[
        bool,
        typer.Option("--all", help="Every letter that was given up in the last days; the way out is tried at once."),
    ] = False,
) -> None:
    """Try a letter again at the next pass, at the person's present address; or all that were given up."""
    from mailbot.clerk.logins import OUTGOING, resume
    from mailbot.clerk.readdressing import try_again, try_all_again
    from mailbot.cli.options import now
    from mailbot.cli.telling.office_hours import leaving_words

    settings = settings_of(config)
    say, listed = _speech(settings), spelled("outbox list", config)
    if (key is None) is not every:
        raise typer.BadParameter(say("ob_name_one", list=listed))
    with existing_ledger(settings) as ledger:
        resume(ledger, (OUTGOING,))
        if key is None:
            typer.echo(say("ob_all_again", count=try_all_again(ledger, settings.office(), now())))
        else:
            letter = ledger.letters.by_key(key)
            address = try_again(ledger, settings.office(), letter, now()) if letter is not None else ""
            if letter is None or not address:
                raise typer.BadParameter(say("ob_unknown", key=key, list=listed))
            to = "" if address == letter.address else say("ob_now_to", address=address)
            typer.echo(say("ob_again", key=key, to=to))
    for words in leaving_words(settings, now()):
        typer.echo(words)


def _local(moment: datetime, office: Office) -> str:
    """Return a moment in the office's zone, as printed in lists."""
    return office.calendar.local(moment).strftime("%Y-%m-%d %H.%M")


INBOX = (("list", inbox_list), ("show", inbox_show), ("replay", inbox_replay))
OUTBOX = (("list", outbox_list), ("hold", outbox_hold), ("release", outbox_release), ("retry", outbox_retry))


def _speech(settings: Settings) -> Say:
    """Return what speaks the office's language; the words are loaded when something is said, not for `--help`."""
    from mailbot.settings.sayings.catalogue import speech

    return speech(settings.language)
