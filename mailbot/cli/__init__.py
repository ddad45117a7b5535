"""The commands, and the only place that builds the real thing; errors say what, where and what to do."""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> None:
    """Run one command and exit. Code 0: done; 1: something is wrong and named; 2: used wrongly.

    Args:
        arguments: what stands after `mailbot`; None takes them from the command line.
    """
    from mailbot.cli.app import app
    from mailbot.errors import ConfigProblem, MailbotError

    try:
        app(arguments, prog_name="mailbot")
    except ConfigProblem as wrong:
        count = len(wrong.problems)
        _stop(f"{wrong}\n{count} problem{'s' if count != 1 else ''} in the configuration; nothing was started.")
    except MailbotError as error:
        _stop(f"mailbot: {error}")
    except OSError as error:
        where = f"{error.filename}: " if error.filename is not None else ""
        _stop(f"mailbot: {where}{error.strerror or error}")


def _stop(words: str) -> None:
    """Say what is wrong and end."""
    sys.stderr.write(f"{words}\n")
    sys.exit(1)
