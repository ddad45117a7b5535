"""Commands before the first cycle: make a configuration folder, check it, print its schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbot.cli.options import ConfigOption, existing_ledger, ledger_url, now, settings_of, spelled
from mailbot.errors import LedgerProblem, PostUnavailable

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
) -> None:
    """Make a folder with a complete sample configuration; nothing that is there is overwritten."""
    from mailbot.settings.packaged import init as write_configuration

    made = write_configuration(directory, agency.strip())
    for path in made.written:
        typer.echo(f"written  {path}")
    for path in made.kept:
        typer.echo(f"kept     {path}  (was there already)")
    typer.echo(f"Next: edit the files, then: {spelled('check', directory)}")


def check(
    config: ConfigOption = None,
    live: Annotated[
        bool, typer.Option("--live", help="Also log in to both servers and send a probe to ourselves.")
    ] = False,
) -> None:
    """Check configuration and templates; every problem at once, each with file, line and a hint."""
    from mailbot.cli.checking import probing

    settings = settings_of(config)
    for note in settings.notes():
        typer.echo(f"note: {note}")
    _hold_against_the_ledger(settings)
    _tell_authorities(settings)
    office = settings.office()
    faults = _template_faults(settings, office)
    missing = settings.missing_secrets()
    for name in missing:
        typer.echo(f"note: {name} is not set; mailbot cannot log in without it.")
    for account in probing.unpermitted(settings):
        login = f"login --account {account}"
        typer.echo(f"note: nobody has let mailbot into {account} yet; run: {spelled(login, config)}")
    typer.echo(
        f"{len(office.roster.units)} units, {len(office.roster.people)} people, {len(office.indicators)} indicators, "
        f"{len(office.budget)} budget lines, {len(office.cycles)} cycles: in order."
    )
    if faults:
        raise typer.Exit(1)
    if live:
        if missing:
            names = " and ".join(missing)
            way = f"Type: export {missing[0]}=..., or name a file that holds it in {missing[0]}_FILE."
            raise PostUnavailable(f"{names} must be set to log in. {way}")
        for line in probing.probe(settings):
            typer.echo(line)
    typer.echo(f"Next: {spelled('run' if live else 'check --live', config)}")


def _tell_authorities(settings: Settings) -> None:
    """Say whose certificates count, and what is wrong with a file of their folder."""
    from mailbot.settings.named_files import named_file

    folder = named_file(settings.folder, settings.files.office.ratified.certificates)
    if folder is None:
        return
    from mailbot.reading.signature.authorities import looked_over

    for wrong, line in looked_over(folder, now()):
        typer.echo(f"note: {line}" if wrong else f"trusted: {line}")


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
        typer.echo(f"note: whether open cycles can go on by this configuration was not seen: {away}")


def _template_faults(settings: Settings, office: Office) -> tuple[str, ...]:
    """Tell what is wrong with the templates and where to mend it; return the faults.

    What is not even well-formed would fail again when it is written, so all is written only where nothing was seen.
    """
    from mailbot.writing.selfcheck.lint import lint_templates
    from mailbot.writing.selfcheck.trial import try_templates

    folders = settings.template_folders
    faults = lint_templates(folders) or try_templates(office, folders)
    for fault in faults:
        typer.echo(f"template: {fault}", err=True)
    if faults:
        own = " or ".join(map(str, folders[:-1])) or "templates"
        typer.echo(f"Mend it in {own}, or delete the file there to use the one that came with mailbot.", err=True)
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
