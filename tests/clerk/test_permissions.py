"""The operator is warned before a permission to use the mailbox ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from mailbot.clerk.operator_letters import tell_permissions
from tests.office import ToyOffice

MAILBOX = "lkjip.disdukcapil@example.go.id"


def ending(at: datetime) -> Callable[[], tuple[tuple[str, datetime], ...]]:
    """Give the mailbox's permission an end."""
    return lambda: ((MAILBOX, at),)


@pytest.fixture
def office() -> ToyOffice:
    """The office on its first morning."""
    return ToyOffice()


def warnings(office: ToyOffice) -> list[str]:
    """Return the text of every warning the operator got."""
    return [mail.text for mail in office.letters_to("operator", "alarm") if MAILBOX in mail.text]


def test_the_operator_is_warned_14_7_and_1_days_before_the_end_once_each(office: ToyOffice) -> None:
    """At whatever hour and however often the clock is looked at; never after the end."""
    end = office.clock() + timedelta(days=20)
    office.has(permissions=ending(end))
    clerk, came = office.clerk, []
    for hour in range(0, 22 * 24, 6):
        office.clock.set_to(end - timedelta(days=20) + timedelta(hours=hour))
        came += [20 - hour / 24] * tell_permissions(clerk.books, clerk.maker, clerk.lookout, office.clock())
    assert came == [14, 7, 1]
    office.works()
    assert len(warnings(office)) == 3
    last = " ".join(warnings(office)[-1].split())
    assert f"Izin masuk untuk kotak surat {MAILBOX} berakhir pada" in last
    assert f"mailbot login --account {MAILBOX}" in last


def test_whoever_looks_late_gets_the_nearest_warning_alone(office: ToyOffice) -> None:
    """Two days before the end: one letter, not two."""
    office.has(permissions=ending(office.clock() + timedelta(days=2)))
    office.works()
    assert len(warnings(office)) == 1


def test_a_permission_that_was_renewed_is_warned_of_anew(office: ToyOffice) -> None:
    """Its end is another one; the letter's key holds it."""
    for days in (5, 95):
        end = office.clock() + timedelta(days=5)
        office.has(permissions=ending(end))
        office.works()
        office.clock.set_to(office.clock() + timedelta(days=days - 5 + 5))
    assert len(warnings(office)) == 2


@pytest.mark.parametrize("days", [15, 90, 0, -3])
def test_nothing_is_said_long_before_and_after_the_end(office: ToyOffice, days: int) -> None:
    """A dead permission is told of where it is used."""
    office.has(permissions=ending(office.clock() + timedelta(days=days)))
    office.works()
    assert warnings(office) == []
