"""`mailbot record`: the record of processing (UU 27/2022, Pasal 31) with the office's own ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from mailbot.cli.options import ConfigOption, settings_of

if TYPE_CHECKING:
    from mailbot.core.retention.kinds import Retention
    from mailbot.ledger.personal.record import Entry
    from mailbot.settings.sayings.catalogue import Say


def record(config: ConfigOption = None) -> None:
    """Print what is processed of people: what, why, on what basis, how long, who sees it, and where it lies."""
    from mailbot.settings.core_values.retention import retention_of
    from mailbot.settings.sayings.catalogue import speech

    settings = settings_of(config)
    say = speech(settings.language)
    typer.echo(say("pd_title", agency=settings.office().letterhead.agency_name))
    for text in record_lines(say, retention_of(settings.files.office)):
        typer.echo(text)


def record_lines(say: Say, retention: Retention) -> Iterator[str]:
    """Yield the record, an entry a paragraph."""
    from mailbot.ledger.personal.record import COLUMNS, ENTRIES, FILES

    for data, entry in ENTRIES.items():
        tables = [f"{table} ({', '.join(held[data].split())})" for table, (held, _) in COLUMNS.items() if data in held]
        files = [place for place, what in FILES if what is data]
        yield ""
        yield say(entry.what)
        yield f"  {say('pd_why')}: {say(entry.why)}"
        yield f"  {say('pd_basis')}: {say(entry.basis)}"
        yield f"  {say('pd_how_long')}: {how_long(say, entry, retention)}"
        yield f"  {say('pd_who')}: {say(entry.who)}"
        yield f"  {say('pd_where')}: {'; '.join((*tables, *files))}"


def how_long(say: Say, entry: Entry, retention: Retention) -> str:
    """Return how long data of one kind are kept by an office."""
    from mailbot.cli.personal.pruning import NAMES, in_words

    if not entry.kinds:
        return say(entry.ends)
    return "; ".join(f"{say(NAMES[kind])}: {in_words(say, kind, retention.of(kind))}" for kind in entry.kinds)
