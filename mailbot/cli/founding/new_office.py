"""The command that founds an office: its folder, written from a dozen answers."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from mailbot.cli.checking.speaking import say, spoken
from mailbot.cli.offices.folders import OWN_DATA
from mailbot.cli.options import now, spelled
from mailbot.settings.sayings.said import said

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.settings.blank.answers import Answers
    from mailbot.settings.sayings.said import Said

Read = TypeVar("Read")

Directory = Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make.")]
Agency = Annotated[
    str,
    typer.Option("--agency", metavar="NAME", help='Name of your office: "Dinas ... Kota ...".'),
]
Short = Annotated[str, typer.Option("--short", metavar="NAME", help="Its abbreviation, for subjects.")]
Address = Annotated[str, typer.Option("--address", metavar="TEXT", help="Street, telephone, post code.")]
Zone = Annotated[str, typer.Option("--zone", metavar="WIB|WITA|WIT", help="Its time.")]
Code = Annotated[str, typer.Option("--code", metavar="CODE", help="Its code in letter numbers.")]
Mailbox = Annotated[str, typer.Option("--mailbox", metavar="ADDRESS", help="mailbot's own address.")]
Imap = Annotated[str, typer.Option("--imap", metavar="HOST", help="Where mail is read.")]
Smtp = Annotated[str, typer.Option("--smtp", metavar="HOST", help="Where mail is handed over.")]
Units = Annotated[str, typer.Option("--units", metavar="A;B;C", help="Units that fill forms.")]
StartsOn = Annotated[str, typer.Option("--starts-on", metavar="DATE", help="Day its cycle opens.")]
Year = Annotated[int | None, typer.Option("--year", help="First year to report on.")]
_LONGEST_KEY = 40
_TO_DO = ("fill_people", "fill_indicators", "fill_cycles", "fill_profile", "fill_password")


def init(
    directory: Directory,
    agency: Agency = "",
    short: Short = "",
    address: Address = "",
    zone: Zone = "WIB",
    code: Code = "",
    mailbox: Mailbox = "",
    imap: Imap = "",
    smtp: Smtp = "",
    units: Units = "",
    year: Year = None,
    starts_on: StartsOn = "",
) -> None:
    """Make a folder for an office: asks a dozen questions, or takes them as options; nothing there is overwritten."""
    from mailbot.settings.blank import questions
    from mailbot.settings.blank.answers import Answers

    answers = None
    if agency.strip():
        answers = Answers(
            agency=" ".join(agency.split()),
            short=short.strip(),
            address_line=address.strip(),
            zone=_read("--zone", zone, questions.zone_of),
            office_code=code.strip(),
            mailbox=_read("--mailbox", mailbox, questions.address_of) if mailbox.strip() else "",
            imap=_read("--imap", imap, questions.host_of) if imap.strip() else "",
            smtp=_read("--smtp", smtp, questions.host_of) if smtp.strip() else "",
            units=_read("--units", units, questions.units_of),
            year=None if year is None else _read("--year", str(year), questions.year_of),
            starts_on=_read("--starts-on", starts_on, questions.day_of) if starts_on.strip() else None,
        )
    elif sys.stdin.isatty():
        say("ask_back", directory, sign=questions.BACK)
        answers = questions.asked(_ask, _tell, now().date())
    _write(directory, answers)


def _write(directory: Path, answers: Answers | None) -> None:
    """Write the files, and say what is still to do."""
    from mailbot.settings.packaged import init as write_configuration

    made = write_configuration(directory, answers)
    among = _among_others(directory)
    if among and directory / "office.yaml" in made.written:
        _give_key(directory)
    for path in made.written:
        say("written", directory, path=path)
    for path in made.kept:
        say("kept", directory, path=path)
    for what in _TO_DO if answers is not None else ():
        say(what, directory, folder=directory, beside=directory if among else directory.resolve().parent)
    say("next_after_edit", directory, command=spelled("check", directory))


def _among_others(directory: Path) -> bool:
    """Say whether the new office lies in a folder of offices, among others."""
    from mailbot.cli.offices.folders import offices_in

    here = directory.resolve()
    return any(one.path != here for one in offices_in(here.parent))


def _give_key(directory: Path) -> None:
    """Give an office among others a key of its own, made of its folder's name, and a place for what it keeps."""
    key = re.sub(r"[^a-z0-9-]+", "-", directory.resolve().name.lower())[:_LONGEST_KEY].strip("-")
    path = directory / "office.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^key:[ ]*$", f"key: {key}", text, count=1, flags=re.MULTILINE), encoding="utf-8")
    (directory / OWN_DATA).mkdir(mode=0o700, exist_ok=True)


def _read(option: str, text: str, read: Callable[[str], Read]) -> Read:
    """Return what an option says, read as the question of the same name reads it."""
    from mailbot.settings.blank.questions import NoAnswerError
    from mailbot.settings.sayings.catalogue import in_words

    try:
        return read(text)
    except NoAnswerError as none:
        raise typer.BadParameter(in_words(none.why, spoken()), param_hint=option) from None


def _ask(question: str, usual: str) -> str:
    """Put one question at the terminal."""
    from mailbot.settings.sayings.catalogue import in_words

    return str(typer.prompt(in_words(said(question), spoken()), default=usual, show_default=bool(usual)))


def _tell(why: Said) -> None:
    """Say why an answer is none."""
    from mailbot.settings.sayings.catalogue import in_words

    typer.echo(in_words(why, spoken()))
