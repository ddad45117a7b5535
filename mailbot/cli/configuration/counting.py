"""The clerk of one command: by what lies in the folder where that may count, else by what counted before."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import typer

from mailbot.clerk.configuration.taking import hold_up, put_back, take
from mailbot.clerk.configuration.waiting import accept, accepted_digest
from mailbot.cli.checking.holding import hold_against
from mailbot.cli.configuration.judging import Judged, in_force, judge
from mailbot.cli.configuration.ledger_place import same_office
from mailbot.cli.options import environment
from mailbot.cli.wiring import clerk_on, ledger_of
from mailbot.errors import ConfigProblem
from mailbot.ledger.place import same_ledger
from mailbot.settings.folder import digest_of, read_folder
from mailbot.settings.loading import as_it_counts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from mailbot.clerk.parts import Clerk
    from mailbot.ledger.ledger import Ledger
    from mailbot.settings.settings import Settings


@contextmanager
def counting(ledger: Ledger, lying_there: Settings, clock: Callable[[], datetime]) -> Iterator[Clerk]:
    """Give the clerk by the settings that count; whoever types a command has finished saving.

    Args:
        ledger: it is open, and still is at the end.
        lying_there: the settings in the folder.
        clock: tells the moment.

    Raises:
        ConfigProblem: a cycle under way cannot go on by what lies there.
    """
    counts = in_force(ledger, lying_there, environment())
    with ExitStack() as opened:
        if counts is lying_there:
            hold_against(ledger, lying_there)
            clerk = opened.enter_context(clerk_on(ledger, as_it_counts(lying_there), clock))
            if accepted_digest(ledger) != lying_there.digest:
                accept(ledger, lying_there.digest, lying_there.contents, clock())
            elif digest_of(read_folder(lying_there.folder)[0]) == lying_there.digest:
                put_back(clerk)  # not where what lies there is wrong, and this goes on by what was accepted
        else:
            clerk = _judged(ledger, counts, clock, opened)
        yield clerk


def _judged(ledger: Ledger, counts: Settings, clock: Callable[[], datetime], opened: ExitStack) -> Clerk:
    """Return the clerk by an edit that may count from now on, else by what counted before."""
    former = opened.enter_context(clerk_on(ledger, counts, clock))
    judged = judge(ledger, counts, counts.folder, environment(), clock())
    if judged.what is Judged.WRONG:
        raise ConfigProblem(judged.problems)
    if judged.what is Judged.COUNTS:
        wanted = judged.settings
        same = same_ledger(*(each.database_url.get_secret_value() for each in (counts, wanted)))
        if not (same and same_office(counts, wanted)):
            ledger = opened.enter_context(ledger_of(wanted, counts=True))
        clerk = opened.enter_context(clerk_on(ledger, as_it_counts(judged.settings), clock))
        take(former, clerk, (counts.digest, judged.digest), judged.contents, judged.changes)
        return clerk
    if judged.what is Judged.WAITS:
        hold_up(former, judged.digest, judged.changes)
        typer.echo(
            "The configuration was edited, and waits for the operator; until then the former one counts. "
            "See: mailbot status",
            err=True,
        )
    return former
