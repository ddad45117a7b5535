"""`mailbot demo`: one whole cycle of the sample office, told line by line as it happens."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated

import typer

from mailbot.cli.options import spelled

if TYPE_CHECKING:
    from datetime import datetime

    from rich.console import Console

    from mailbot.core.model.office import Office
    from mailbot.rehearsal.demo import Seen
    from mailbot.settings.settings import Settings

_CYCLE = "2025"
_TITLE_CHARS = 90
_AUTHSERV_ID = "mail.example.go.id"
_EVENTS = {
    "cycle_opened": "cycle opened",
    "row_entered": "row begins",
    "form_returned": "form returned",
    "form_accepted": "form accepted",
    "form_partial": "form taken in part",
    "form_unreadable": "file could not be read",
    "draft_compiled": "draft compiled",
    "verdict": "verdict",
    "verdict_refused": "word without effect",
    "reminder": "reminder",
    "reminder_today": "reminder on the day",
    "cycle_closed": "cycle closed",
    "archived": "archived",
}


def demo(
    into: Annotated[Path, typer.Option("--into", metavar="DIR", help="Folder to leave everything in.")] = Path("demo"),
    cycle: Annotated[str, typer.Option("--cycle", help="Cycle of the sample office to play.")] = _CYCLE,
) -> None:
    """Play one whole cycle on this machine, over real SMTP and IMAP, with invented staff who answer only by mail."""
    from rich.console import Console

    from mailbot.cli.wiring import clerk_of
    from mailbot.rehearsal.cast import PASSWORD, accounts, cast, read_script
    from mailbot.rehearsal.clock import HandClock
    from mailbot.rehearsal.demo import Rehearsal, leave_mail
    from mailbot.rehearsal.sandbox import fresh_folder, point_at
    from mailbot.rehearsal.server import EmbeddedServer
    from mailbot.settings.loading import load
    from mailbot.settings.packaged import sample_folder

    console = Console(highlight=False)
    started = time.monotonic()
    keys = [plan.key for plan in load(sample_folder(), {}).office().cycles]
    if cycle not in keys:
        raise typer.BadParameter(f"the sample office has no cycle {cycle}; it has: {', '.join(keys)}")
    config = fresh_folder(into)
    office = load(config, {}).office()
    plan = office.plan(cycle)
    clock = HandClock(office.calendar.opening(plan.starts_on))
    with EmbeddedServer(accounts(office), now=clock) as server:
        point_at(config, server, _AUTHSERV_ID)
        settings = load(config, {"MAILBOT_IMAP_PASSWORD": PASSWORD, "MAILBOT_SMTP_PASSWORD": PASSWORD})
        with clerk_of(settings, clock) as clerk:
            members = cast(clerk.books.office, server, read_script(settings.template_folders), clock)
            begin(console, cycle, office, len(members))
            for seen in Rehearsal(clerk, clock, members, cycle).play():
                tell(console, seen, office)
            count = leave_mail(into / "mail", clerk.books.ledger)
        stands(console, settings, clock())
    _end(console, into, settings.archive_folder / cycle, count, time.monotonic() - started)


def begin(console: Console, cycle: str, office: Office, people: int) -> None:
    """Say what is going to be played, and what this machine lacks for it."""
    from mailbot.writing.word.pdf import PdfMaker

    name = office.letterhead.agency_name
    console.print(f"Cycle {cycle} of {name}; {people} people answer only by mail", soft_wrap=True)
    if not PdfMaker().available():
        console.print("LibreOffice is not installed here: letters and report are made as DOCX only, without PDF.")


def tell(console: Console, seen: Seen, office: Office) -> None:
    """Print one line of the timeline."""
    from rich.markup import escape

    when = office.calendar.local(seen.at).strftime("%a %d %b %H.%M")
    if seen.letter is not None:
        person = next((official for official in office.roster.people if official.key == seen.letter.person), None)
        to = person.title if person is not None else seen.letter.address
        console.print(f"[dim]{when}[/]  mailbot -> {escape(to)}: [cyan]{seen.letter.kind}[/]", soft_wrap=True)
        return
    line = seen.journal
    if line is None or line.event not in _EVENTS:
        return
    detail = dict(line.detail)
    decided = "data needs" if detail.get("step") == "inform" else f"version {detail.get('version')}"
    words = {
        "row_entered": _row(detail, office),
        "form_returned": f"{line.unit} number {detail.get('number')}: {detail.get('faults', '')}",
        "verdict": f"{detail.get('word')} ({decided})",
        "verdict_refused": f"{detail.get('word')}: {detail.get('reason')}",
        "draft_compiled": f"version {detail.get('version')}",
    }.get(line.event, line.unit)
    style = "bold" if line.event in {"row_entered", "cycle_opened", "cycle_closed"} else "green"
    actor = "" if line.actor == "mailbot" else f"{line.actor}: "
    console.print(f"[dim]{when}[/]  [{style}]{_EVENTS[line.event]}[/] {escape(actor + words)}".rstrip(), soft_wrap=True)


def _row(detail: dict[str, str], office: Office) -> str:
    """Return the printed number and title of a row named in a journal line."""
    row = next((listed for listed in office.sop.rows if listed.step.value == detail.get("step")), None)
    return f"{row.sop} {shorten(row.title, _TITLE_CHARS, placeholder=' ...')}" if row is not None else ""


def stands(console: Console, inside: Settings, at: datetime) -> None:
    """Print where the cycles stood at the end of what was played, as `mailbot status` does."""
    from mailbot.cli.standing import fault_name
    from mailbot.cli.telling.standing_words import Here, standing_words
    from mailbot.ledger.standing import status
    from mailbot.settings.sayings.catalogue import speech

    console.print()
    found = status(inside.database_url.get_secret_value())
    typed, here = partial(spelled, config=inside.folder), Here(fault_name=partial(fault_name, inside))
    for text in standing_words(found, inside.office(), at, typed, speech(inside.language), here):
        console.print(text, soft_wrap=True, markup=False)


def _end(console: Console, into: Path, archive: Path, mails: int, seconds: float) -> None:
    """Verify the archive, and say what to open."""
    from mailbot.writing.archive.verify import verify_archive

    problems = verify_archive(archive)
    for problem in problems:
        console.print(problem, style="red")
    if problems:
        raise typer.Exit(1)
    console.print(f"\n{mails} mails are in {into / 'mail'}; {seconds:.0f} s.")
    console.print(f"Archive, verified: {archive}")
