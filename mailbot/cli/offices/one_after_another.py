"""A command for every office of a folder, one after the other: a section for each; what is wrong stays in its own."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout, suppress
from typing import TYPE_CHECKING, Any

import typer

from mailbot.cli.offices.noting import place_of, read_standing
from mailbot.cli.options import environment, spelled, work_on
from mailbot.errors import MailbotError, nameable
from mailbot.settings.sayings.catalogue import language_of, speech

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mailbot.cli.offices.folders import OfficeFolder
    from mailbot.errors import Problem
    from mailbot.settings.sayings.catalogue import Say

_WRONGLY = 2
_TO_FILES = ("html", "ics")
"""Options that name a file; of several offices each would write over the one before."""


def one_after_another(
    name: str, command: Callable[..., None], root: Path, offices: tuple[OfficeFolder, ...], typed: dict[str, Any]
) -> None:
    """Let a command work on every office.

    Args:
        name: the command, as it is typed.
        command: what it does for one office.
        root: the folder of offices.
        offices: all that lie in it.
        typed: what was typed with it.

    Raises:
        typer.Exit: of some office it came to another code than 0; the greatest of all.
        typer.BadParameter: it writes into one file, and there are several offices.
    """
    say = speech(language_of(environment()))
    _prepare(name, root, offices, typed, say)
    told, codes = [], [0]
    barred = clashing(root, offices) if name == "check" else {}
    for office in offices:
        own = typed | {"config": None} | ({"file": typed["file"] / f"{office.called}.db"} if name == "backup" else {})
        if typed.get("as_json"):
            row, code = _as_json(name, command, root, office, own)
            told.append(row)
        else:
            code = _as_section(command, root, office, own, say)
        for problem in barred.get(office, ()):
            typer.echo(problem, err=True)
        codes.append(max(code, int(office in barred)))
    work_on(root, None)
    if typed.get("as_json"):
        typer.echo(json.dumps({"offices": told, **_standing_json(name, root)}, indent=2, ensure_ascii=False))
    if max(codes):
        raise typer.Exit(max(codes))


def clashing(root: Path, offices: tuple[OfficeFolder, ...]) -> dict[OfficeFolder, tuple[Problem, ...]]:
    """Return which offices claim what another has, with every reason; one that cannot be read claims nothing."""
    from mailbot.cli.offices.claims import Claim, refused
    from mailbot.cli.offices.surroundings import surroundings
    from mailbot.settings.loading import load

    claims, env = [], environment()
    for office in offices:
        with suppress(MailbotError, OSError):
            claims.append(Claim(office=office, settings=load(office.path, surroundings(root, office, env))))
    return refused((), claims)


def _prepare(name: str, root: Path, offices: tuple[OfficeFolder, ...], typed: dict[str, Any], say: Say) -> None:
    """Say what is said once, before the first office; refuse what would write over the same file for each."""
    if any(typed.get(option) is not None for option in _TO_FILES):
        names = ", ".join(one.called for one in offices)
        raise typer.BadParameter(say("which_office", root=root, count=len(offices), offices=names))
    if name == "backup":
        _make_folder(typed["file"], say)
    if name == "status" and not typed.get("as_json"):
        _tell_standing(root, say)


def _as_section(command: Callable[..., None], root: Path, office: OfficeFolder, typed: dict[str, Any], say: Say) -> int:
    """Print what the command says of one office below its name; return its exit code."""
    typer.echo(say("office_head", office=office.called, folder=office.path))
    code, why = _of_one(command, root, office, typed)
    if why:
        typer.echo(why, err=True)
    typer.echo("")
    return code


def _of_one(command: Callable[..., None], root: Path, office: OfficeFolder, typed: dict[str, Any]) -> tuple[int, str]:
    """Let the command work on one office; return its exit code, and what went wrong: it is no other office's matter."""
    from typer._click.exceptions import UsageError

    work_on(root, office)
    try:
        command(**typed)
    except typer.Exit as ended:
        return ended.exit_code, ""
    except UsageError as wrong:
        return _WRONGLY, wrong.format_message()
    except MailbotError as wrong:
        return 1, _in_words(wrong)
    except Exception as wrong:  # noqa: BLE001 - a fault in one office's things must not hide the others
        return 1, nameable(wrong)
    return 0, ""


def _in_words(error: MailbotError) -> str:
    """Return what is wrong, in the language of the office where the catalogue has it."""
    from mailbot.cli.checking.speaking import spoken
    from mailbot.settings.sayings.catalogue import in_words
    from mailbot.settings.sayings.said import Said

    try:
        return in_words(error.told, spoken()) if isinstance(error.told, Said) else str(error)
    except MailbotError:
        return str(error)


def _as_json(
    name: str, command: Callable[..., None], root: Path, office: OfficeFolder, typed: dict[str, Any]
) -> tuple[dict[str, Any], int]:
    """Return what the command prints of one office under the command's name, beside who it is and what went wrong."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        code, why = _of_one(command, root, office, typed)
    text = printed.getvalue()
    row: dict[str, Any] = {"office": office.called, "folder": str(office.path), "code": code, "problem": why or None}
    try:
        row[name] = [json.loads(line) for line in text.splitlines()] if name == "journal" else json.loads(text)
    except ValueError:
        row[name] = None
    return row, code


def _make_folder(folder: Path, say: Say) -> None:
    """Make the folder that the backups of all offices go into."""
    if folder.exists() and not folder.is_dir():
        raise typer.BadParameter(say("backup_into_folder", file=folder))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _tell_standing(root: Path, say: Say) -> None:
    """Say whether a process serves the folder, which offices it does not serve and why, and which are gone."""
    for line in _standing_words(root, say):
        typer.echo(line)
    typer.echo("")


def _standing_words(root: Path, say: Say) -> Iterator[str]:
    """Yield what is said of the process that serves the folder."""
    found = read_standing(place_of(root, environment()))
    if found.pid:
        works = sum(one.state == "works" for one in found.offices)
        yield say("offices_run", pid=found.pid, works=works, count=len(found.offices))
    else:
        yield say("offices_run_not", command=spelled("run", root))
    for one in found.offices:
        if one.why:
            yield f"{one.office}: " + say("office_refused", since=one.since, why=one.why.replace("\n", "; "))
    for one in found.gone:
        yield f"{one.office}: " + say("office_gone", folder=one.folder, since=one.since, data=one.data)


def _standing_json(name: str, root: Path) -> dict[str, Any]:
    """Return the same for programs; of other commands nothing."""
    if name != "status":
        return {}
    found = read_standing(place_of(root, environment()))
    served = [{"office": one.office, "state": one.state, "since": one.since, "why": one.why} for one in found.offices]
    gone = [{"office": one.office, "folder": one.folder, "since": one.since} for one in found.gone]
    return {"process": found.pid or None, "served": served, "gone": gone}
