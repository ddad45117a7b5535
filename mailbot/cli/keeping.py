"""Commands by which the record leaves the machine or comes back: export, verify, backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbot.cli.options import ConfigOption, ledger_url, settings_of, spelled

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.ledger.ledger import Ledger
    from mailbot.settings.sayings.catalogue import Say


def export(
    cycle: Annotated[str, typer.Argument(help="Key of the cycle.")],
    config: ConfigOption = None,
    mail: Annotated[
        bool,
        typer.Option("--mail", help="Instead: all mails, enclosures and papers as one folder, for any mail program."),
    ] = False,
    into: Annotated[
        Path | None, typer.Option(help="With --mail: the folder to write, not there yet; else surat-CYCLE here.")
    ] = None,
) -> None:
    """Write a cycle's archive folder: of a closed one the same bytes as ever, of one that runs as it stands now."""
    if mail:
        _export_mail(cycle, config, into or Path(f"surat-{cycle}"))
    else:
        _export_archive(cycle, config)


def _export_archive(cycle: str, config: Path | None) -> None:
    """Write the archive's folder."""
    from mailbot.clerk.desk.archiving import archive, is_archived
    from mailbot.cli.wiring import clerk_of
    from mailbot.settings.sayings.catalogue import speech
    from mailbot.writing.archive.laying import archive_place

    settings = settings_of(config)
    say = speech(settings.language)
    ledger_url(settings)
    with clerk_of(settings) as clerk:
        ledger = clerk.books.ledger
        found = _known(ledger, cycle, say)
        waiting = ledger.letters.unsent(cycle) if found.closed and not is_archived(ledger, found) else ()
        if waiting:
            listed = spelled("outbox list", config)
            typer.echo(say("ex_waits", cycle=cycle, count=len(waiting), first=waiting[0], list=listed), err=True)
            raise typer.Exit(1)
        there = archive_place(settings.archive_folder, found.archive_key).exists()
        folder, aside = archive(clerk.books, clerk.maker, clerk.reader, found)
    if there and found.closed and aside is None:
        typer.echo(say("ex_unchanged", folder=folder))
        return
    if aside is not None:
        typer.echo(say("ex_aside", folder=folder, aside=aside))
    typer.echo(say("ex_written" if found.closed else "ex_runs", folder=folder, cycle=cycle))
    typer.echo(say("ex_next", command=f"mailbot verify {folder}"))


def _known(ledger: Ledger, key: str, say: Say) -> Cycle:
    """Return a cycle of the ledger."""
    found = ledger.cycles.get(key)
    if found is None:
        keys = ", ".join(known.key for known in ledger.cycles.all()) or say("ac_none")
        raise typer.BadParameter(say("ex_no_cycle", key=key, keys=keys))
    return found


def _export_mail(key: str, config: Path | None, into: Path) -> None:
    """Write everything of a matter into one folder, all of it or nothing."""
    from mailbot.clerk.keeping.mail_folder import mail_folder
    from mailbot.cli.wiring import clerk_of
    from mailbot.settings.sayings.catalogue import speech

    settings = settings_of(config)
    say = speech(settings.language)
    ledger_url(settings)
    if into.exists() or into.is_symlink():
        raise typer.BadParameter(say("ex_there", folder=into))
    with clerk_of(settings) as clerk:
        found = _known(clerk.books.ledger, key, say)
        files = mail_folder(clerk.books, clerk.maker, clerk.reader, found, settings.template_folders)
    unfinished = into.with_name(f".{into.name}.new")
    unfinished.mkdir(mode=0o700, parents=True)
    for path, content in files.items():
        (unfinished / path).parent.mkdir(parents=True, exist_ok=True)
        (unfinished / path).write_bytes(content)
    unfinished.rename(into)
    typer.echo(say("ex_mail", folder=into, count=len(files), page=into / "index.html"))


def verify(
    path: Annotated[Path, typer.Argument(help="An archive folder, arsip/<cycle>.")],
    witness: Annotated[
        list[str] | None,
        typer.Option(help="What a letter prints of the journal, LINE:HASH, or the letter itself as a file (.eml)."),
    ] = None,
) -> None:
    """Prove that an archive is whole and unchanged; needs nothing but the folder."""
    from mailbot.cli.checking.speaking import spoken
    from mailbot.settings.sayings.catalogue import speech
    from mailbot.writing.archive.verify import prove_archive, sentence

    language = spoken()
    say = speech(language)
    witnesses = [read for one in witness or () for read in _witnesses(one, say)]
    proof = prove_archive(path, tuple(witnesses))
    wrong = bool(proof.findings)
    typer.echo(say("ve_changed" if wrong else "ve_whole", folder=path), err=wrong)
    for found in proof.findings:
        typer.echo(f"  {sentence(found, language)}", err=True)
    if proof.witnesses:
        typer.echo(say("ve_witnesses", count=proof.witnesses), err=wrong)
    elif proof.lines:
        typer.echo(say("ve_no_witness", line=proof.lines, head=proof.head[:32]), err=wrong)
    if proof.bare:
        typer.echo(say("ve_bare", line=proof.bare), err=wrong)
    if wrong:
        typer.echo(say("ve_what_now"), err=True)
        raise typer.Exit(1)


def _witnesses(one: str, say: Say) -> tuple[tuple[int, str], ...]:
    """Return what is typed as a witness, or printed in a letter whose file is named."""
    from mailbot.writing.archive.checking.proving import witnesses_in, witnesses_of_letter

    letter = Path(one)
    try:
        read = witnesses_of_letter(letter.read_bytes()) if letter.is_file() else witnesses_in(one)
    except OSError as problem:
        raise typer.BadParameter(say("ve_unreadable", letter=one, why=problem.strerror)) from problem
    if not read:
        raise typer.BadParameter(say("ve_no_such_witness", witness=one))
    return tuple(read)


def redact(
    path: Annotated[Path, typer.Argument(help="An archive folder, arsip/<cycle>; it stays as it is.")],
    into: Annotated[Path, typer.Option(help="Folder that the copy is written into; it must not be there yet.")],
    file: Annotated[list[str] | None, typer.Option(help="A file to leave out, as manifest.json names it.")] = None,
    line: Annotated[list[int] | None, typer.Option(help="Number of a journal's line whose words are left out.")] = None,
) -> None:
    """Copy an archive without files or words that must not be handed on; all else in it is proved as before."""
    from mailbot.cli.checking.speaking import spoken
    from mailbot.settings.sayings.catalogue import speech
    from mailbot.writing.archive.checking.listing import read_folder
    from mailbot.writing.archive.laying import archive_place, lay_down, without
    from mailbot.writing.archive.verify import prove_archive, sentence

    language = spoken()
    say = speech(language)
    if prove_archive(path).findings:
        raise typer.BadParameter(say("rd_not_whole", folder=path, command=f"mailbot verify {path}"))
    if into.exists() or into.is_symlink():
        raise typer.BadParameter(say("ex_there", folder=into))
    if archive_place(into.parent, into.name) != into:
        plain = archive_place(into.parent, into.name).name
        raise typer.BadParameter(say("rd_odd_name", name=plain))
    try:
        files = without(read_folder(str(path))[0], file or (), line or ())
    except KeyError as unknown:
        raise typer.BadParameter(say("rd_unknown", what=unknown)) from unknown
    place, _ = lay_down(into.parent, into.name, files, settled=True)
    for found in prove_archive(place).findings:
        typer.echo(f"  {sentence(found, language)}")
    typer.echo(say("rd_made", folder=place))
    typer.echo(say("ex_next", command=f"mailbot verify {place}"))


def backup(file: Annotated[Path, typer.Argument(help="File to write.")], config: ConfigOption = None) -> None:
    """Copy the ledger into one file while the daemon may run; its digest lies beside it."""
    from mailbot.ledger.backup import backup as copy
    from mailbot.ledger.copies.making import write_digest
    from mailbot.ledger.copies.proving import digest_of, prove
    from mailbot.settings.sayings.catalogue import speech

    settings = settings_of(config)
    say = speech(settings.language)
    copy(ledger_url(settings), file)
    proof = prove(file)
    if proof.wrong:
        why = "; ".join(f"{fault.value}: {detail}" for fault, detail in proof.wrong)
        typer.echo(say("ba_unsound", file=file, why=why), err=True)
        raise typer.Exit(1)
    beside = write_digest(file, digest_of(file))
    typer.echo(say("ba_made", file=file, mails=proof.rows["inbox"], letters=proof.rows["outbox"]))
    typer.echo(say("ba_digest", digest=beside.name))
    typer.echo(say("ba_key"))
    if proof.elsewhere:
        typer.echo(say("ba_elsewhere", count=proof.elsewhere))


def restore(
    file: Annotated[Path, typer.Argument(help="A file made by backup.")],
    config: ConfigOption = None,
    check: Annotated[
        bool, typer.Option("--check", help="Only say what it is worth and what would come of it.")
    ] = False,
) -> None:
    """Put a backup in the ledger's place; the former ledger is moved aside, never deleted."""
    if check:
        _check_backup(file, config)
        return
    from mailbot.cli.alone import alone
    from mailbot.cli.configuration.ledger_place import ledger_in_use
    from mailbot.ledger.backup import restore as put_back
    from mailbot.settings.sayings.catalogue import speech

    settings = settings_of(config)
    with alone(settings.data_folder):
        aside = put_back(ledger_in_use(settings), file)
    say = speech(settings.language)
    typer.echo(say("re_restored_beside", aside=aside) if aside else say("re_restored"))


def _check_backup(file: Path, config: Path | None) -> None:
    """Say what a backup is worth; exit code 1 where it must not be put in place."""
    from mailbot.cli.configuration.ledger_place import ledger_in_use
    from mailbot.cli.options import now
    from mailbot.cli.upkeep.backups import key_of
    from mailbot.cli.upkeep.checking_backup import backup_words
    from mailbot.ledger.place import sqlite_path
    from mailbot.settings.sayings.catalogue import speech

    settings = settings_of(config)
    say = speech(settings.language)
    ledger = sqlite_path(ledger_in_use(settings))
    if ledger is None:
        raise typer.BadParameter(say("re_postgres"))
    try:
        good, words = backup_words(file, ledger, settings.office(), key_of(settings), now(), say)
    except OSError as problem:
        raise typer.BadParameter(say("re_unreadable", file=file, why=problem.strerror)) from problem
    for line in words:
        typer.echo(line, err=not good)
    if not good:
        raise typer.Exit(1)
