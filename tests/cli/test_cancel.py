"""`mailbot cancel` and `mailbot open` at the terminal: what they say, ask and refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import mailbot, office_in, worked_in
from tests.office import CYCLE

REASON = ("--reason", "Tanggal mulai keliru.")


def test_a_cycle_is_withdrawn_and_opened_anew(here: Path) -> None:
    """It says before what will happen; afterwards the status says what happened, and open gives it another key."""
    config = office_in(here)
    worked_in(here).works()
    ran = mailbot("--config", config, "cancel", CYCLE, *REASON, "--yes")
    assert ran.code == 0
    said = ran.text
    assert said.startswith("2025 is open, in SOP row 1; 0 of 4 units have sent a form.")
    assert "2025 is cancelled. Next:" in said
    told = mailbot("--config", config, "status").out.decode().splitlines()
    (line,) = (line for line in told if line.startswith("Cycle 2025: cancelled on "))
    assert line.endswith(": Tanggal mulai keliru.")
    (cycle,) = mailbot("--config", config, "status", "--json").json["cycles"]
    assert (cycle["cycle"], cycle["state"]) == (CYCLE, "cancelled")
    again = mailbot("--config", config, "open", CYCLE).text
    assert again.startswith("2025 was cancelled once, and keeps its key; it is opened anew as 2025-ulang-1.")


def test_a_cycle_that_is_still_to_open_is_called_off(here: Path) -> None:
    """It can be opened all the same; calling it off twice changes nothing."""
    config = office_in(here)
    worked_in(here).ledger.close()
    ran = mailbot("--config", config, "cancel", "2026-tw1", *REASON, "--yes")
    assert (ran.code, "2026-tw1 is called off." in ran.out.decode()) == (0, True)
    twice = mailbot("--config", config, "cancel", "2026-tw1", *REASON, "--yes")
    assert "Nothing was changed." in twice.out.decode()
    assert b"Called off: 2026-tw1 (Tanggal mulai keliru.)" in mailbot("--config", config, "status").out
    assert b"2026-tw1 is open." in mailbot("--config", config, "open", "2026-tw1").out


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (("cancel", "2031", *REASON, "--yes"), "cycles.yaml has no cycle 2031"),
        (("cancel", CYCLE, "--reason", " ", "--yes"), "--reason must not be empty"),
        (("open", "2031"), "cycles.yaml has no cycle 2031"),
    ],
)
def test_what_is_typed_wrongly_is_refused(typed: tuple[str, ...], why: str, here: Path) -> None:
    """With the keys that there are."""
    config = office_in(here)
    ran = mailbot("--config", config, *typed)
    assert (ran.code, why in ran.text) == (2, True)
