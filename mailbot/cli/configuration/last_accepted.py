"""Which commands go on by the settings last accepted, where what lies in the folder is wrong; as the daemon does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from mailbot.errors import ConfigProblem, LedgerProblem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mailbot.settings.settings import Settings

_LOOKS = (
    "status",
    "metrics",
    "board",
    "why",
    "journal",
    "ledger",
    "record",
    "subject",
    "breach",
    "inbox list",
    "inbox show",
    "outbox list",
    "outbox show",
)
_KEEPS = ("export", "backup", "restore", "files")
_HOLDS_OR_RELEASES = ("outbox hold", "outbox release", "outbox retry", "inbox replay")
_SIGNS_IN = ("signin", "web")
GO_ON = (*_LOOKS, *_KEEPS, *_HOLDS_OR_RELEASES, *_SIGNS_IN)
"""Every other command begins something by the settings, tries them or decides, and refuses wrong ones."""


def settings_or_last_accepted(folder: Path, env: Mapping[str, str]) -> Settings:
    """Return the settings of a folder; where they are wrong those last accepted, for a command that may go on by them.

    Raises:
        ConfigProblem: something is wrong, and this command refuses then, or nothing was accepted, or not to be found.
    """
    from mailbot.settings.loading import load

    try:
        return load(folder, env)
    except ConfigProblem as wrong:
        accepted = last_accepted(folder, env) if _command() in GO_ON else None
        if accepted is None:
            raise
        _warn(wrong, accepted)
        return accepted


def _command() -> str:
    """Return the command that was typed, without the program's name and its options; empty outside of one."""
    from typer._click.globals import get_current_context

    typed = get_current_context(silent=True)
    return typed.command_path.partition(" ")[2] if typed is not None else ""


def last_accepted(folder: Path, env: Mapping[str, str]) -> Settings | None:
    """Return the settings last accepted, from what the ledger keeps of them; None where that is not to be had."""
    from mailbot.cli.configuration.judging import accepted_settings
    from mailbot.cli.configuration.ledger_place import kept_office, ledger_without_settings
    from mailbot.ledger.ledger import open_ledger
    from mailbot.ledger.place import existing_file

    place = ledger_without_settings(folder, env)
    if place is None:
        return None
    data, url = place
    try:
        existing_file(url)
        with open_ledger(url, marks=data, office=kept_office(data) or "") as ledger:
            return accepted_settings(ledger, folder, data, env)
    except (ConfigProblem, LedgerProblem):
        return None


def _warn(wrong: ConfigProblem, accepted: Settings) -> None:
    """Say on one line what is wrong first, how much more is, and by what the command goes on."""
    from mailbot.settings.sayings.catalogue import speech

    first, *others = wrong.problems
    code = "by_last_accepted_more" if others else "by_last_accepted"
    typer.echo(speech(accepted.language)(code, problem=first, count=len(others)), err=True)
