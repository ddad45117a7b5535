"""Inbox and outbox under every order of events that hypothesis can think of, on SQLite and, shorter, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from mailbot.ledger.ledger import Ledger, open_ledger
from mailbot.ledger.outbox import Outbox
from mailbot.ledger.values import ClaimedLetter
from tests.ledger.boxes_machine import Boxes
from tests.servers.real_postgres import RealPostgres
from tests.simulation.disk import AnyDisk, Disk
from tests.simulation.light_ledger import LightDisk

_CALM = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def machine_on(opened: Callable[[], tuple[Ledger, AnyDisk | None]]) -> type[RuleBasedStateMachine]:
    """Return the machine, each example of it on a ledger opened anew."""

    class OnLedger(Boxes):
        def __init__(self) -> None:
            super().__init__(*opened())

    return OnLedger


def test_inbox_and_outbox_stand_as_the_model_says_on_sqlite() -> None:
    """Arrivals, renumbering, crashes, replays; every end of a handing over; hold, retry, backup, restore, clock."""
    disk = Disk()
    run_state_machine_as_test(
        machine_on(lambda: (disk.wiped().ledger, disk)),
        settings=settings(max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=_CALM),
    )


def test_inbox_and_outbox_stand_as_the_model_says_on_the_simulations_light_ledger() -> None:
    """What the simulation plays most of its seeds on keeps the same rules."""
    disk = LightDisk()
    run_state_machine_as_test(
        machine_on(lambda: (disk.wiped().ledger, disk)),
        settings=settings(max_examples=60, stateful_step_count=50, deadline=None, suppress_health_check=_CALM),
    )


class Forgetful(Outbox):
    """An outbox that does not write down that the letter's first byte is leaving."""

    def mark_data(self, letter: ClaimedLetter) -> bool:
        """Say that it was written down."""
        del letter
        return True


class ForgetfulDisk(Disk):
    """A disk whose ledger has such an outbox, also when it is opened anew."""

    def opened_anew(self) -> None:
        """Forget what a ledger keeps in the process, and go on with the forgetful outbox."""
        super().opened_anew()
        self.ledger.outbox = Forgetful(self.ledger.engine)


def test_an_outbox_that_forgets_the_first_byte_is_found() -> None:
    """Else the machine would say little: a death inside the letter then leaves no doubt, and a second copy."""
    disk = ForgetfulDisk()
    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            machine_on(lambda: (disk.wiped().ledger, disk)),
            settings=settings(
                max_examples=200,
                stateful_step_count=40,
                deadline=None,
                suppress_health_check=_CALM,
                phases=(Phase.generate,),
                database=None,
            ),
        )


@pytest.mark.sweep
def test_inbox_and_outbox_stand_as_the_model_says_for_a_long_time() -> None:
    """The same with many more and longer stories."""
    disk = Disk()
    run_state_machine_as_test(
        machine_on(lambda: (disk.wiped().ledger, disk)),
        settings=settings(max_examples=1000, stateful_step_count=100, deadline=None, suppress_health_check=_CALM),
    )


@pytest.mark.servers
def test_inbox_and_outbox_stand_as_the_model_says_on_postgresql(real_postgres: RealPostgres) -> None:
    """The same rules without backup, which is pg_dump's work there."""
    with ExitStack() as opened:
        run_state_machine_as_test(
            machine_on(lambda: (opened.enter_context(open_ledger(real_postgres.new_database())), None)),
            settings=settings(max_examples=6, stateful_step_count=30, deadline=None, suppress_health_check=_CALM),
        )
