"""What commands say of a configuration: sentences of the catalogue, in the language of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from mailbot.cli.options import environment, folder

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.core.codes.languages import Language


def spoken(config: Path | None = None) -> Language:
    """Return the language in which a command tells of the chosen folder, be its files broken."""
    from mailbot.settings.env_file import with_env_file
    from mailbot.settings.sayings.catalogue import language_of

    office = folder(config) / "office.yaml"
    env, _ = with_env_file(folder(config), environment())
    return language_of(env, office.read_bytes() if office.is_file() else b"")


def say(code: str, config: Path | None = None, *, err: bool = False, **values: object) -> None:
    """Print one sentence of the catalogue."""
    from mailbot.settings.sayings.catalogue import in_words
    from mailbot.settings.sayings.said import said

    typer.echo(in_words(said(code, **values), spoken(config)), err=err)
