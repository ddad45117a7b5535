"""The commands, and the only place that builds the real thing; errors say what, where and what to do."""

from __future__ import annotations

import atexit
import gc
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from mailbot.errors import MailbotError

_YOUNG_OBJECTS = 20_000
"""After so many new objects garbage is looked for (Python: 700); of the 300,000 of a program that loads none is any."""
_WRONGLY = 2
"""The exit code where something was typed wrongly."""


def main(arguments: list[str] | None = None) -> None:
    """Run one command and exit. Code 0: done; 1: something is wrong and named; 2: used wrongly.

    Args:
        arguments: what stands after `mailbot`; None takes them from the command line.
    """
    # A quarter of what a short command costs would be the search for garbage, half of that after its last line.
    gc.set_threshold(_YOUNG_OBJECTS)
    atexit.register(gc.freeze)
    from typer import Abort
    from typer._click.exceptions import NoArgsIsHelpError, UsageError

    from mailbot.cli.app import app
    from mailbot.errors import ConfigProblem, MailbotError

    try:
        ended = app(arguments, prog_name="mailbot", standalone_mode=False)
    except NoArgsIsHelpError as alone:
        alone.show()
        sys.exit(_WRONGLY)
    except UsageError as wrong:
        from mailbot.cli.telling.typed_wrongly import typed_wrongly

        _stop("\n".join(typed_wrongly(wrong)), _WRONGLY)
    except Abort:
        from mailbot.cli.telling.typed_wrongly import given_up

        _stop(given_up())
    except ConfigProblem as wrong:
        _stop(f"{wrong}\n{_counted(len(wrong.problems))}")
    except MailbotError as error:
        _stop(f"mailbot: {_in_words(error)}")
    except OSError as error:
        where = f"{error.filename}: " if error.filename is not None else ""
        _stop(f"mailbot: {where}{error.strerror or error}")
    sys.exit(ended or 0)


def _in_words(error: MailbotError) -> str:
    """Return what is wrong in the language of the office, where the catalogue has it."""
    from mailbot.cli.checking.speaking import spoken
    from mailbot.settings.sayings.catalogue import in_words
    from mailbot.settings.sayings.said import Said

    return in_words(error.told, spoken()) if isinstance(error.told, Said) else str(error)


def _counted(problems: int) -> str:
    """Say how many problems there are, in the language of the office."""
    from mailbot.cli.checking.speaking import spoken
    from mailbot.settings.sayings.catalogue import in_words
    from mailbot.settings.sayings.said import said

    return in_words(said("one_problem" if problems == 1 else "problems", count=problems), spoken())


def _stop(words: str, code: int = 1) -> NoReturn:
    """Say what is wrong and end."""
    sys.stderr.write(f"{words}\n")
    sys.exit(code)
