"""What was typed wrongly, in the words of the office: what it is, what to write instead, where it is explained."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from typer._click.exceptions import BadOptionUsage, BadParameter, MissingParameter, NoSuchOption

from mailbot.cli.checking.speaking import spoken
from mailbot.cli.options import folder, remember, spelled
from mailbot.settings.sayings.catalogue import speech

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from typer._click.core import Context, Parameter
    from typer._click.exceptions import UsageError

    from mailbot.settings.sayings.catalogue import Say

_NO_COMMAND = re.compile(r"No such command '(?P<typed>[^']*)'")
_TOO_MANY = re.compile(r"Got unexpected extra arguments?\S* \((?P<rest>.*)\)")
_NO_FILE = re.compile(r"\w+ '(?P<path>.*)' does not exist\.")
_NO_NUMBER = "valid integer"


def typed_wrongly(wrong: UsageError) -> Iterator[str]:
    """Yield the lines to print."""
    say = _say(wrong.ctx)
    yield _what(wrong, say)
    if (form := _form(wrong)) is not None:
        yield say("ty_write", form=form)
    command = _words(wrong.ctx)
    yield say("ty_help", command=f"mailbot {command} --help" if command else "mailbot --help")


def given_up() -> str:
    """Return what is said where a question was answered with no, or not at all."""
    return speech(spoken())("ty_given_up")


def _say(context: Context | None) -> Say:
    """Return what speaks the language of the folder that was named, before the command or behind it."""
    if context is None:
        return speech(spoken())
    first = context.find_root().params
    remember(first.get("config"), first.get("language") or "")
    return speech(spoken(folder(context.params.get("config"))))


def _what(wrong: UsageError, say: Say) -> str:
    """Say what is wrong; what a command itself says of it stays as it said it."""
    if isinstance(wrong, MissingParameter):
        return say("ty_missing", what=_name(wrong.param))
    if isinstance(wrong, BadParameter):
        return wrong.message if wrong.param is None and wrong.param_hint is None else _bad(wrong, say)
    if isinstance(wrong, NoSuchOption):
        return say("ty_no_option", name=wrong.option_name) + _meant(wrong.possibilities or (), say)
    if isinstance(wrong, BadOptionUsage):
        return say("ty_needs_value", name=wrong.option_name)
    if unknown := _NO_COMMAND.match(wrong.message):
        known: dict[str, object] = getattr(wrong.cmd, "commands", {})
        return say("ty_no_command", name=unknown["typed"]) + _meant(get_close_matches(unknown["typed"], known), say)
    if too_many := _TOO_MANY.match(wrong.message):
        return say("ty_too_many", rest=too_many["rest"])
    return wrong.format_message()


def _bad(wrong: BadParameter, say: Say) -> str:
    """Say why what stands for an argument or an option cannot be used."""
    what = str(wrong.param_hint) if wrong.param_hint is not None else _name(wrong.param)
    if _NO_NUMBER in wrong.message:
        return say("ty_no_number", what=what)
    if no_file := _NO_FILE.fullmatch(wrong.message):
        return say("ty_no_file", what=what, path=no_file["path"])
    return say("ty_bad", what=what, why=wrong.message)


def _meant(near: Iterable[str], say: Say) -> str:
    """Return what may have been meant, behind what is wrong; nothing where nothing is near."""
    names = ", ".join(sorted(near))
    return " " + say("ty_meant", names=names) if names else ""


def _form(wrong: UsageError) -> str | None:
    """Return the command with all it needs, where something of that is missing or stands in the wrong place."""
    context = wrong.ctx
    if context is None or (isinstance(wrong, BadParameter) and not isinstance(wrong, MissingParameter)):
        return None
    if getattr(context.command, "commands", None):
        return None
    taken = context.command.get_params(context)
    needed = (one for one in taken if one.required)
    parts = (f"{_name(one)} ..." if one.param_type_name == "option" else _name(one) for one in needed)
    words = " ".join((_words(context), *parts))
    return spelled(words, None) if any(one.name == "config" for one in taken) else f"mailbot {words}"


def _words(context: Context | None) -> str:
    """Return the words of a command without the program's name; empty where none was chosen."""
    if context is None or context.parent is None:
        return ""
    return f"{_words(context.parent)} {context.info_name or ''}".strip()


def _name(parameter: Parameter | None) -> str:
    """Return an option as it is typed, or an argument as its place is marked."""
    if parameter is None:
        return ""
    if parameter.param_type_name == "option":
        return max(parameter.opts, key=len)
    return str(parameter.name).upper()
