"""Commands before the first cycle: check a configuration, print its schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbot.cli.checking.speaking import say
from mailbot.cli.options import ConfigOption, existing_ledger, ledger_url, now, settings_of, spelled
from mailbot.errors import LedgerProblem, PostUnavailable
from mailbot.settings.sayings.said import said

if TYPE_CHECKING:
    from mailbot.core.model.office import Office
    from mailbot.settings.settings import Settings


def check(
    config: ConfigOption = None,
    live: Annotated[
        bool, typer.Option("--live", help="Also log in to both servers and send a probe to ourselves.")
    ] = False,
) -> None:
    """Check configuration and templates; every problem at once, each with file, line and a hint."""
    from mailbot.cli.checking.machine import troubles

    settings = settings_of(config)
    for note in settings.notes():
        say("note", config, what=note)
    for trouble in troubles(settings):
        say("note", config, what=trouble)
    counts = _hold_against_the_ledger(settings)
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
    if not counts:
        say("does_not_count", config, command=spelled("apply", config))
    if faults:
        raise typer.Exit(1)
    if live:
        _look_outside(settings, missing)
        say("next_live", config, rehearse=spelled("rehearse", config), run=spelled("run", config))
    else:
        say("next", config, command=spelled("check --live", config))


def _look_outside(settings: Settings, missing: tuple[str, ...]) -> None:
    """Print a line for each thing that works, on this machine and at the servers.

    Raises:
        PostUnavailable: a secret is missing, or a server cannot be used.
    """
    from itertools import chain

    from mailbot.cli.checking.machine import doctor
    from mailbot.cli.checking.probing import probe
    from mailbot.settings.sayings.catalogue import in_words

    if missing:
        what = said("must_be_set", names=tuple(missing), first=missing[0], env_file=settings.data_folder / ".env")
        raise PostUnavailable(in_words(what, settings.language))
    for line in chain(doctor(settings), probe(settings)):
        typer.echo(in_words(line, settings.language))


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
    folder = settings.certificates
    if folder is None:
        return
    from mailbot.reading.signature.authorities import looked_over

    for wrong, line in looked_over(folder, now()):
        say("note" if wrong else "trusted", settings.folder, what=line)


def _hold_against_the_ledger(settings: Settings) -> bool:
    """Look whether the cycles under way can go on by these settings; say whether these are the settings that count.

    Raises:
        ConfigProblem: they cannot.
    """
    try:
        ledger_url(settings)
    except LedgerProblem:
        return True
    from mailbot.clerk.configuration.waiting import accepted_digest, accepted_whole
    from mailbot.cli.checking.holding import hold_against
    from mailbot.settings.folder import counts_as_it_lies

    try:
        with existing_ledger(settings) as ledger:
            hold_against(ledger, settings)
            return counts_as_it_lies(accepted_digest(ledger), settings.contents, whole=accepted_whole(ledger))
    except LedgerProblem as away:
        say("note", settings.folder, what=said("open_cycles_unseen", why=away.told or str(away)))
        return True


def _template_faults(settings: Settings, office: Office) -> tuple[str, ...]:
    """Tell what is wrong with the templates and where to mend it; return the faults.

    What is not even well-formed would fail again when it is written, so all is written only where nothing was seen.
    """
    from mailbot.writing.selfcheck.lint import lint_templates
    from mailbot.writing.selfcheck.trial import try_templates
    from mailbot.writing.words.templates import has_own

    say("trying_templates", settings.folder)
    folders = settings.template_folders
    faults = (lint_templates(folders) if has_own(folders) else ()) or try_templates(office, folders)
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
