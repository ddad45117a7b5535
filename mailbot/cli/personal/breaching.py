"""`mailbot breach`: the sheet to begin with when data may have gone out of hand: what, whose, whom to tell by when."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from mailbot.cli.options import ConfigOption, existing_ledger, now, settings_of
from mailbot.core.model.people import Role

if TYPE_CHECKING:
    from mailbot.core.model.office import Office
    from mailbot.settings.sayings.catalogue import Say
    from mailbot.web.pages.page import Here

_NOTICE = timedelta(hours=72)
"""3 x 24 hours, UU 27/2022, Pasal 46."""
_TOLD = (Role.OPERATOR, Role.AGENCY_HEAD, Role.SECRETARY, Role.PLANNING)
"""Whom of the office to tell first."""
_CANNOT_KNOW = ("br_unknown_disk", "br_unknown_mailbox", "br_unknown_commands", "br_unknown_third")


def breach(
    since: Annotated[str, typer.Option(help="From when it may have been open, e.g. 2026-03-02 or 2026-03-02T14:30.")],
    until: Annotated[str, typer.Option(help="Until when; without it, now.")] = "",
    found: Annotated[str, typer.Option(help="When it was found; the 72 hours run from then. Without it, now.")] = "",
    into: Annotated[Path | None, typer.Option(help="Write the sheet as a page (.html), to be printed.")] = None,
    config: ConfigOption = None,
) -> None:
    """Write the sheet about a breach: what lay there, of whom, what mailbot did meanwhile, whom to tell by when."""
    from mailbot.cli.telling.journal_words import as_on_the_board
    from mailbot.settings.sayings.catalogue import speech

    settings = settings_of(config)
    office, say = settings.office(), speech(settings.language)
    began = _moment(since, office, say)
    ended, seen = (_moment(text, office, say) if text else now() for text in (until, found))
    if began > ended:
        raise typer.BadParameter(say("br_backwards"))
    with existing_ledger(settings) as ledger:
        parts = [*_sheet(say, as_on_the_board(settings, ledger, now()), began, ended, seen)]
    for heading, lines in parts:
        typer.echo("\n".join((heading, *(f"  {line}" for line in lines), "")))
    if into is not None:
        into.write_text(_page(parts), encoding="utf-8")
        typer.echo(str(into))


def _moment(text: str, office: Office, say: Say) -> datetime:
    """Return a day or a moment as it is typed, in the office's zone."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(say("br_no_moment", text=text)) from error
    return (read if read.tzinfo else read.replace(tzinfo=ZoneInfo(office.calendar.zone))).astimezone(UTC)


def _sheet(say: Say, here: Here, began: datetime, ended: datetime, seen: datetime) -> Iterator[tuple[str, list[str]]]:
    """Yield the parts of the sheet: a heading, and its lines."""
    from mailbot.cli.telling.journal_words import event_words
    from mailbot.ledger.personal.subject import everybody, sealed_files

    def at(moment: datetime) -> str:
        return office.calendar.local(moment).strftime("%Y-%m-%d %H.%M %Z")

    office, ledger = here.office, here.ledger
    people = everybody(ledger, ended)
    names = {address.casefold(): one.name for one in office.roster.people for address in one.addresses}
    listed = {one.name for one in office.roster.people}
    lines = (entry.line for entry in ledger.journal.read() if began <= entry.line.at <= ended)
    events = Counter(event_words(line.event, here) for line in lines)
    yield say("br_title", agency=office.letterhead.agency_name), [say("br_window", since=at(began), until=at(ended))]
    yield (
        say("br_what"),
        [
            say("br_what_list", count=len(listed)),
            say("br_what_people", count=len(people)),
            say("br_what_sealed", count=sealed_files(ledger, ended)),
        ],
    )
    yield say("br_meanwhile"), [f"{event}: {count}" for event, count in sorted(events.items())] or [say("br_nothing")]
    yield say("br_tell"), [*_to_tell(say, office, at(seen + _NOTICE))]
    yield say("br_unknown"), [say(code) for code in _CANNOT_KNOW]
    known = {address: f"{names[address]} <{address}>" if address in names else address for address in people}
    counted = people.items()
    yield say("br_whose"), [say("br_person", who=known[one], sent=sent, got=got) for one, (sent, got) in counted]


def _to_tell(say: Say, office: Office, due: str) -> Iterator[str]:
    """Yield whom to tell, by when, and of what."""
    from mailbot.cli.telling.standing_words import role_words

    yield say("br_office_now")
    for role in _TOLD:
        named = role_words(role, say)
        yield from (f"- {one.name} ({named}), {one.addresses[0]}" for one in office.roster.people if one.role is role)
    yield say("br_tell_people", due=due)
    yield say("br_tell_agency", due=due)
    yield say("br_tell_content")
    yield say("br_tell_public")


def _page(parts: list[tuple[str, list[str]]]) -> str:
    """Return the sheet as a page of its own."""
    (title, _), *_ = parts
    body = "".join(
        f"<h{1 if number == 0 else 2}>{html.escape(heading)}</h{1 if number == 0 else 2}>"
        + "".join(f"<p>{html.escape(line)}</p>" for line in lines)
        for number, (heading, lines) in enumerate(parts)
    )
    style = "body{font:16px/1.5 sans-serif;max-width:44em;margin:2em auto;padding:0 1em}p{margin:.3em 0}"
    return (
        f'<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{html.escape(title)}</title><style>{style}</style><body>{body}</body></html>\n"
    )
