"""What `python -m bench corpus` prints of our own cases, by `mailbot explain --json`, keeps to what was promised."""

from __future__ import annotations

from pathlib import Path

from bench.answers import answers_to
from bench.corpus import accepted_forgeries, wrong_decisions
from tests.reading.mails import plain

SENDER = "sekretaris@disdukcapil.example.go.id"


def test_no_reply_of_our_own_is_decided_wrongly(tmp_path: Path) -> None:
    """At least three hundred of them."""
    wrong, replies = wrong_decisions(tmp_path)
    assert (wrong, replies >= 300) == (0, True)


def test_no_forgery_of_our_own_is_accepted(tmp_path: Path) -> None:
    """At least two hundred of them."""
    accepted, forgeries = accepted_forgeries(tmp_path)
    assert (accepted, forgeries >= 200) == (0, True)


def test_a_robot_is_not_answered_where_a_person_is() -> None:
    """Both from the same listed address: so the count of answers to robots can fail."""
    robot, person = plain("Halo.\n", "Auto-Submitted: auto-replied"), plain("Halo.\n")
    assert answers_to([robot], [SENDER]) == 0
    assert answers_to([robot, person], [SENDER]) == 1
