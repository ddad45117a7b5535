"""The commands, and the only place that builds the real thing; errors say what, where and what to do."""

from __future__ import annotations

import sys


def main() -> None:
    """Run one command. Exit code 0: done; 1: something is wrong and named; 2: used wrongly."""
    from mailbot.cli.app import app
    from mailbot.errors import ConfigProblem, MailbotError

    try:
        app()
    except ConfigProblem as problem:
        for one in problem.problems:
            print(one, file=sys.stderr)  # noqa: T201 - this is a command line
        count = len(problem.problems)
        print(f"{count} problem{'s' if count != 1 else ''} in the configuration; nothing was started.", file=sys.stderr)  # noqa: T201
        sys.exit(1)
    except MailbotError as error:
        print(f"mailbot: {error}", file=sys.stderr)  # noqa: T201 - this is a command line
        sys.exit(1)
