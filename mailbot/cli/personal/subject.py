"""`mailbot subject`: what is held on one person, listed and, if asked, laid into a folder to be handed to him."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbot.cli.options import ConfigOption, existing_ledger, now, settings_of
from mailbot.cli.standing import local

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person
    from mailbot.ledger.ledger import Ledger
    from mailbot.ledger.personal.subject import HeldFile, OfPerson
    from mailbot.settings.sayings.catalogue import Say
    from mailbot.settings.settings import Settings
    from mailbot.web.pages.page import Here

INDEX = "index.txt"


def subject(
    person: Annotated[str, typer.Argument(help="His address, or (part of) his name in the list.")],
    into: Annotated[Path | None, typer.Option(help="Folder to lay it into; it must not be there yet.")] = None,
    config: ConfigOption = None,
) -> None:
    """List what is held on a person, for an answer to his request; exit code 1 if nothing is."""
    from mailbot.cli.telling.journal_words import as_on_the_board
    from mailbot.ledger.personal.subject import of_person
    from mailbot.settings.sayings.catalogue import speech

    settings = settings_of(config)
    say = speech(settings.language)
    if into is not None and into.exists():
        raise typer.BadParameter(say("ex_there", folder=into))
    entries = _entries(settings, person)
    if "@" not in person and len({entry.name for entry in entries}) != 1:
        names = ", ".join(sorted({entry.name for entry in entries})) or say("su_nobody")
        raise typer.BadParameter(say("su_which", names=names))
    addresses = {person} if "@" in person else set()
    addresses |= {address for entry in entries for address in (*entry.addresses, entry.second_address) if address}
    with existing_ledger(settings) as ledger:
        held = of_person(ledger, addresses, {entry.key for entry in entries})
        if held.nothing and not entries:
            typer.echo(say("su_nothing", person=person), err=True)
            raise typer.Exit(1)
        lines = [*_index(say, person, addresses, entries, held, as_on_the_board(settings, ledger, now()))]
        if into is not None:
            _lay(ledger, into, held, lines)
    for text in lines:
        typer.echo(text)
    if into is not None:
        typer.echo(say("su_laid", folder=into))


def _entries(settings: Settings, person: str) -> tuple[Person, ...]:
    """Return the entries of the list that are meant, former ones too: by address, or by a part of the name."""
    asked = person.casefold()
    people = settings.office().roster.people
    if "@" in person:
        return tuple(
            one for one in people if asked in {each.casefold() for each in (*one.addresses, one.second_address)}
        )
    return tuple(one for one in people if asked in one.name.casefold())


def _index(
    say: Say, person: str, addresses: set[str], entries: tuple[Person, ...], held: OfPerson, here: Here
) -> Iterator[str]:
    """Yield what is held, a line an item, in the office's time."""
    from mailbot.cli.telling.journal_words import event_words, letter_of_key
    from mailbot.cli.telling.standing_words import role_words

    def at(moment: datetime) -> str:
        return local(moment, here.office)

    def named(code: str, file: HeldFile) -> str:
        by_number = say("su_mail", number=file.name) if code == "su_mails" else file.name
        return letter_of_key(file.name, here) if code == "su_letters" else by_number

    yield say("su_title", person=person, addresses=", ".join(sorted(addresses)))
    yield say("su_entries", count=len(entries))
    for entry in entries:
        yield f"  {entry.key}: {entry.name}, {role_words(entry.role, say)}"
    for code, files in (("su_mails", held.mails), ("su_letters", held.letters), ("su_forms", held.forms)):
        yield say(code, count=len(files))
        for file in files:
            left_out = f"  ({say('su_left_out')})" if file.sealed else ""
            yield f"  {at(file.at)}  {named(code, file)}{left_out}"
    yield say("su_verdicts", count=len(held.verdicts))
    for given, cycle, row, word in held.verdicts:
        yield f"  {at(given)}  {say('su_verdict', cycle=cycle, row=_sop_row(row, here.office), word=word)}"
    yield say("su_sign_ins", count=len(held.sign_ins))
    for one in held.sign_ins:
        code = "su_sign_in" if one.network else "su_link"
        yield f"  {at(one.at)}  {say(code, until=at(one.until), network=one.network)}"
    yield say("su_journal", count=len(held.journal))
    for told in held.journal:
        yield f"  {told.number}  {at(told.line.at)}  {event_words(told.line.event, here)}"
    yield say("su_elsewhere")


def _sop_row(step: str, office: Office) -> str:
    """Return the printed number of the SOP's row in which a word was given."""
    return next((row.sop for row in office.sop.rows if row.step.value == step), step)


def _lay(ledger: Ledger, into: Path, held: OfPerson, lines: list[str]) -> None:
    """Lay everything into a folder that its owner alone may read: files, the journal's lines, and the index."""
    into.mkdir(mode=0o700, parents=True)
    for folder, files, ending in (
        ("mails", held.mails, ".eml"),
        ("letters", held.letters, ".eml"),
        ("forms", held.forms, ""),
    ):
        for number, file in enumerate(files, 1):
            if not file.sealed:
                _write(into / folder / f"{number:03}{ending or _ending(file)}", ledger.files.read(file.sha256))
    told = [
        {"number": entry.number, "at": entry.line.at.isoformat(), "cycle": entry.cycle, "event": entry.line.event}
        | {"actor": entry.line.actor, "detail": dict(entry.line.detail)}
        for entry in held.journal
    ]
    _write(into / "journal.jsonl", "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in told).encode())
    _write(into / INDEX, ("\n".join(lines) + "\n").encode())


def _ending(file: HeldFile) -> str:
    """Return the ending of a form's name."""
    return Path(file.name).suffix[:10] or ".bin"


def _write(path: Path, content: bytes) -> None:
    """Write one file below the folder."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.write_bytes(content)
