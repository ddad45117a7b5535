"""`mailbot prune`: shows what was kept long enough, and removes just that once its digest is typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from mailbot.cli.options import ConfigOption, ledger_url, now, settings_of, spelled
from mailbot.core.retention.kinds import OF_A_CYCLE, Keeping, Kind

if TYPE_CHECKING:
    from mailbot.core.retention.kinds import Retention
    from mailbot.ledger.elsewhere.letting_go import Swept
    from mailbot.ledger.ledger import Ledger
    from mailbot.ledger.personal.pruning import Looked
    from mailbot.ledger.personal.removing import Removed
    from mailbot.settings.sayings.catalogue import Say
    from mailbot.settings.settings import Settings

SHORTEST = 16
"""So many signs of the digest must be typed, at least, as many as are shown."""
NAMES = {
    Kind.MAILS: "kept_mails",
    Kind.STRAY_MAILS: "kept_stray_mails",
    Kind.HELD: "kept_held",
    Kind.FORMS: "kept_forms",
    Kind.DRAFTS: "kept_drafts",
    Kind.LETTERS: "kept_letters",
    Kind.NOTICES: "kept_notices",
    Kind.RECORD: "kept_record",
    Kind.LOG: "kept_log",
    Kind.ARCHIVE: "kept_archive",
    Kind.CONFIGURATION: "kept_configuration",
    Kind.SIGN_INS: "kept_sign_ins",
}
"""What each kind is called."""


def prune(
    digest: Annotated[str, typer.Argument(help="Its first signs, as shown; without it, only shows.")] = "",
    config: ConfigOption = None,
) -> None:
    """Show what was kept long enough by `retention`, and remove it for good once its digest is typed."""
    from mailbot.cli.alone import alone
    from mailbot.cli.personal.places import ends_of, tidy
    from mailbot.cli.wiring import ledger_of
    from mailbot.ledger.elsewhere.letting_go import sweep
    from mailbot.ledger.personal.pruning import look
    from mailbot.settings.core_values.retention import retention_of
    from mailbot.settings.sayings.catalogue import speech

    settings = settings_of(config)
    ledger_url(settings)
    say, retention, at = speech(settings.language), retention_of(settings.files.office), now()
    before = ends_of(retention, at)
    if not digest:
        with ledger_of(settings) as ledger:
            looked = look(ledger, before)
        for text in (*_shown(say, settings, looked, retention), *_kept(say, settings, retention, looked)):
            typer.echo(text)
        if looked.found.due:
            typer.echo(say("pr_next", command=spelled(f"prune {looked.found.digest[:SHORTEST]}", config)))
        return
    with ledger_of(settings) as ledger:
        found = look(ledger, before).found
    if (found.due and not _meant(found.digest, digest)) or not _a_digest(digest):
        raise typer.BadParameter(say("pr_other", digest=digest, command=spelled("prune", config)))
    with alone(settings.data_folder), ledger_of(settings) as ledger:
        removed = _remove(ledger, retention, digest)
        if removed is None:
            raise typer.BadParameter(say("pr_other", digest=digest, command=spelled("prune", config)))
        odd, swept = [*tidy(say, settings, ledger, removed)], sweep(ledger.engine, now())
        looked = look(ledger, before)
    _tell(say, removed, swept)
    for text in (*odd, *_kept(say, settings, retention, looked)):
        typer.echo(text)


def _a_digest(typed: str) -> bool:
    """Say whether what was typed can be the beginning of a digest at all."""
    return len(typed) >= SHORTEST and set(typed.casefold()) <= set("0123456789abcdef")


def _meant(digest: str, typed: str) -> bool:
    """Say whether what was typed is enough of that digest."""
    return _a_digest(typed) and digest.startswith(typed.casefold())


def _remove(ledger: Ledger, retention: Retention, typed: str) -> Removed | None:
    """Remove what is due, if its digest begins as it was typed; where nothing is due, only wipe."""
    import os

    from mailbot.cli.personal.places import ends_of
    from mailbot.ledger.personal.pruning import look, wipe_and_look
    from mailbot.ledger.personal.pruning import prune as take_away
    from mailbot.ledger.personal.removing import Removed

    at = now()
    before = ends_of(retention, at)
    found = look(ledger, before).found
    if not found.due:
        wipe_and_look(ledger)
        return Removed(found=found, files=0, held_on=0)
    if not _meant(found.digest, typed):
        return None
    return take_away(ledger, before, found.digest, at, os.urandom)


def _shown(say: Say, settings: Settings, looked: Looked, retention: Retention) -> Iterator[str]:
    """Yield what is due, kind by kind."""
    if not looked.found.due:
        yield say("pr_nothing")
        return
    yield say("pr_due")
    for kind, due in looked.found.due.items():
        oldest = settings.office().calendar.local(due.oldest).date().isoformat()
        how_long = in_words(say, kind, retention.of(kind))
        yield say("pr_line", what=say(NAMES[kind]), count=len(due.rows), oldest=oldest, why=how_long)


def in_words(say: Say, kind: Kind, keeping: Keeping) -> str:
    """Return how long a kind is kept, with the JRA's code."""
    code = say("pr_code", code=keeping.code) if keeping.code else ""
    if keeping.permanent:
        return say("pr_permanent") + code
    if not keeping.settled:
        return say("pr_unsettled") + code
    years = [say("pr_years", count=keeping.years)] if keeping.years else []
    days = [say("pr_days", count=keeping.days or 0)] if keeping.days or not years else []
    counted = say("pr_after_closing") if kind in OF_A_CYCLE else say("pr_after_coming")
    return " ".join((*years, *days, counted)) + code


def _kept(say: Say, settings: Settings, retention: Retention, looked: Looked) -> Iterator[str]:
    """Yield what stays, by name: what the JRA keeps for ever, what has no end, and what mailbot cannot reach."""
    from mailbot.cli.personal.places import archives_there

    yield say("pr_stays")
    for kind in Kind:
        keeping = retention.of(kind)
        if not keeping.settled:
            yield say("pr_stays_line", what=say(NAMES[kind]), why=in_words(say, kind, keeping))
    for folder in archives_there(settings):
        yield say("pr_archive_there", folder=folder)
    if looked.unbound:
        yield say("pr_unbound", count=looked.unbound)
    yield say("pr_elsewhere", folder=settings.folder)


def _tell(say: Say, removed: Removed, swept: Swept) -> None:
    """Say what went."""
    if not removed.found.due:
        typer.echo(say("pr_nothing"))
    for kind, due in removed.found.due.items():
        typer.echo(say("pr_gone", what=say(NAMES[kind]), count=len(due.rows)))
    typer.echo(say("pr_files", count=removed.files))
    if swept.deleted:
        typer.echo(say("pr_objects", count=swept.deleted))
    if swept.left:
        typer.echo(say("fi_not_deleted", count=swept.left, why=swept.why or say("fi_no_store")), err=True)
    if removed.held_on:
        typer.echo(say("pr_held_on", count=removed.held_on))
