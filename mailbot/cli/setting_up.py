"""Commands before the first cycle: make a configuration folder, check it, print its schema."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbot.cli.checking.speaking import say, spoken
from mailbot.cli.options import ConfigOption, existing_ledger, ledger_url, now, settings_of, spelled
from mailbot.errors import LedgerProblem, PostUnavailable
from mailbot.settings.sayings.said import said

if TYPE_CHECKING:
    from mailbot.core.model.office import Office
    from mailbot.settings.settings import Settings


def init(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make.")],
    agency: Annotated[
        str,
        typer.Option(
            "--agency",
            metavar="NAME",
            help='Name of your office: "Dinas ... Kota ...". Nothing of another stays.',
        ),
    ] = "",
    short: Annotated[str, typer.Option("--short", metavar="NAME", help="Its abbreviation, for subjects.")] = "",
    address: Annotated[str, typer.Option("--address", metavar="TEXT", help="Street, telephone, post code.")] = "",
    zone: Annotated[str, typer.Option("--zone", metavar="WIB|WITA|WIT", help="Its time.")] = "WIB",
    code: Annotated[str, typer.Option("--code", metavar="CODE", help="Its code in letter numbers.")] = "",
    mailbox: Annotated[str, typer.Option("--mailbox", metavar="ADDRESS", help="mailbot's own address.")] = "",
    imap: Annotated[str, typer.Option("--imap", metavar="HOST", help="Where mail is read.")] = "",
    smtp: Annotated[str, typer.Option("--smtp", metavar="HOST", help="Where mail is handed over.")] = "",
    units: Annotated[str, typer.Option("--units", metavar="A;B;C", help="Units that fill forms.")] = "",
    year: Annotated[int | None, typer.Option("--year", help="First year to report on.")] = None,
    starts_on: Annotated[str, typer.Option("--starts-on", metavar="DATE", help="Day its cycle opens.")] = "",
) -> None:
    """Make a folder for an office: asks twelve questions, or takes them as options; nothing there is overwritten."""
    from mailbot.settings.blank.answers import ZONES, Answers, asked, units_of
    from mailbot.settings.packaged import init as write_configuration

    answers = None
    if agency.strip():
        if zone.upper() not in ZONES:
            raise typer.BadParameter(", ".join(ZONES), param_hint="--zone")
        answers = Answers(
            agency=" ".join(agency.split()),
            short=short.strip(),
            address_line=address.strip(),
            zone=zone.upper(),
            office_code=code.strip(),
            mailbox=mailbox.strip(),
            imap=imap.strip(),
            smtp=smtp.strip(),
            units=units_of(units),
            year=year,
            starts_on=_day(starts_on),
        )
    elif sys.stdin.isatty():
        answers = asked(_ask, now().date())
    made = write_configuration(directory, answers)
    for path in made.written:
        say("written", directory, path=path)
    for path in made.kept:
        say("kept", directory, path=path)
    if answers is not None:
        for what in ("fill_people", "fill_indicators", "fill_profile", "fill_password"):
            say(what, directory, folder=directory, beside=directory.resolve().parent)
    say("next_after_edit", directory, command=spelled("check", directory))


def check(
    config: ConfigOption = None,
    live: Annotated[
        bool, typer.Option("--live", help="Also log in to both servers and send a probe to ourselves.")
    ] = False,
) -> None:
    """Check configuration and templates; every problem at once, each with file, line and a hint."""
    settings = settings_of(config)
    for note in settings.notes():
        say("note", config, what=note)
    _hold_against_the_ledger(settings)
    _tell_authorities(settings)
    office = settings.office()
    faults = _template_faults(settings, office)
    missing = _tell_missing(settings, config)
    say(
        "in_order",
        config,
        units=len(office.roster.units),
        people=len(office.roster.people),
        indicators=len(office.indicators),
        lines=len(office.budget),
        cycles=len(office.cycles) + len(office.recurring),
    )
    if faults:
        raise typer.Exit(1)
    if live:
        from mailbot.settings.sayings.catalogue import in_words

        if missing:
            what = said("must_be_set", names=tuple(missing), first=missing[0], env_file=settings.data_folder / ".env")
            raise PostUnavailable(in_words(what, settings.language))
        from mailbot.cli.checking.probing import probe

        for line in probe(settings):
            typer.echo(in_words(line, settings.language))
    say("next", config, command=spelled("run" if live else "check --live", config))


def _day(text: str) -> date | None:
    """Return the day that was typed; None for none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter("2027-01-05", param_hint="--starts-on") from None


def _ask(question: str, usual: str) -> str:
    """Put one question at the terminal."""
    from mailbot.settings.sayings.catalogue import in_words

    return str(typer.prompt(in_words(said(question), spoken()), default=usual or None))


def _tell_missing(settings: Settings, config: Path | None) -> tuple[str, ...]:
    """Note what is still needed to log in; return the variables that are not set."""
    from mailbot.cli.checking.probing import unpermitted
    from mailbot.settings.second_looks.leftovers import is_nobodys

    missing = settings.missing_secrets()
    if is_nobodys(settings.core.mailbox):
        say("note", config, what=said("mailbox_of_sample", file=settings.folder / "office.yaml"))
    for name in missing:
        say("note", config, what=said("secret_not_set", name=name))
    for account in unpermitted(settings):
        login = spelled(f"login --account {account}", config)
        say("note", config, what=said("no_consent", account=account, command=login))
    return missing


def _tell_authorities(settings: Settings) -> None:
    """Say whose certificates count, and what is wrong with a file of their folder."""
    from mailbot.settings.named_files import named_file

    folder = named_file(settings.folder, settings.files.office.ratified.certificates)
    if folder is None:
        return
    from mailbot.reading.signature.authorities import looked_over

    for wrong, line in looked_over(folder, now()):
        say("note" if wrong else "trusted", settings.folder, what=line)


def _hold_against_the_ledger(settings: Settings) -> None:
    """Look whether the cycles under way can go on by these settings; where there is no ledger yet, none is.

    Raises:
        ConfigProblem: they cannot.
    """
    try:
        ledger_url(settings)
    except LedgerProblem:
        return
    from mailbot.cli.checking.holding import hold_against

    try:
        with existing_ledger(settings) as ledger:
            hold_against(ledger, settings)
    except LedgerProblem as away:
        say("note", settings.folder, what=said("open_cycles_unseen", why=str(away)))


def _template_faults(settings: Settings, office: Office) -> tuple[str, ...]:
    """Tell what is wrong with the templates and where to mend it; return the faults.

    What is not even well-formed would fail again when it is written, so all is written only where nothing was seen.
    """
    from mailbot.writing.selfcheck.lint import lint_templates
    from mailbot.writing.selfcheck.trial import try_templates

    folders = settings.template_folders
    faults = lint_templates(folders) or try_templates(office, folders)
    for fault in faults:
        say("template", settings.folder, err=True, what=fault)
    if faults:
        say("mend_templates", settings.folder, err=True, where=" / ".join(map(str, folders[:-1])) or "templates")
    return faults


def schema(
    directory: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Write one file per YAML there instead of printing.")
    ] = None,
) -> None:
    """Give the JSON Schema of every YAML file, for editors that complete and check while typing."""
    from mailbot.settings.reference import schemas

    for name, of_file in schemas().items():
        text = json.dumps(of_file, ensure_ascii=False, indent=2, sort_keys=True)
        if directory is None:
            typer.echo(text)
            continue
        directory.mkdir(parents=True, exist_ok=True)
        path = directory / name
        path.write_text(text + "\n", encoding="utf-8")
        typer.echo(f"written  {path}")
