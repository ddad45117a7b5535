"""All letters of one unit and cycle lie in one thread, whoever wrote last."""

from __future__ import annotations

from dataclasses import replace
from email.message import EmailMessage

import pytest

from mailbot.core.model.letters import LetterKind
from mailbot.writing.letters.letter import message_id
from tests.offices.long_names import SECRET
from tests.writing.conftest import opened_mail, written
from tests.writing.sample_letters import Sample, full_letter

K = LetterKind


def root(mail: EmailMessage) -> str:
    """Return what the thread of a mail begins with."""
    return str(mail["References"]).split()[0]


def of(kind: K, cycle: str, unit: str) -> EmailMessage:
    """Return a letter of that kind as if it were of another cycle or unit."""
    sample = full_letter(kind)
    assert sample.cycle is not None
    return _read(replace(sample, letter=replace(sample.letter, cycle=cycle, unit=unit)))


def _read(sample: Sample) -> EmailMessage:
    """Return a sample letter as a mail program reads it."""
    return opened_mail(written(sample))


@pytest.mark.parametrize("kind", [K.REQUEST, K.REMINDER, K.REMINDER_TODAY, K.RETURNED, K.RECEIPT, K.HELP_WANTED])
def test_whatever_is_said_of_a_unit_in_a_cycle_has_one_root(kind: K) -> None:
    """On our own initiative or in answer; another unit, or another cycle, is another thread."""
    same, other = of(K.REQUEST, "2025", "DAFDUK"), of(kind, "2025", "DAFDUK")
    assert root(other) == root(same)
    assert other["Thread-Topic"] == same["Thread-Topic"]
    assert "DAFDUK" in other["Thread-Topic"]
    assert root(of(kind, "2025", "PIAK")) != root(same)
    assert root(of(kind, "2026-tw1", "DAFDUK")) != root(same)


@pytest.mark.parametrize("kind", [K.DATA_NEEDS, K.RECAP, K.DRAFT, K.REVIEW, K.REVISION, K.RATIFY, K.CLOSED])
def test_what_is_said_of_the_report_has_one_root(kind: K) -> None:
    """Every version of the draft is in it."""
    assert root(of(kind, "2025", "")) == root(of(K.DATA_NEEDS, "2025", ""))


def test_the_root_is_no_letter_and_tells_nothing() -> None:
    """It cannot be taken for a letter of ours that somebody answers, and cannot be made without the secret."""
    mail = of(K.REQUEST, "2025", "DAFDUK")
    assert root(mail) == mail["In-Reply-To"]
    assert root(mail).startswith("<thread.")
    assert root(mail).endswith("@example.go.id>")
    assert "mb1." not in root(mail)
    assert root(mail) not in {message_id(SECRET, key, "x@example.go.id") for key in ("thread/2025/dafduk", "2025")}


def test_an_answer_stands_in_both_threads() -> None:
    """In ours, and in that of the mail it answers; what that mail's program repeats stands there once."""
    sample = full_letter(K.RECEIPT)
    answers = sample.letter.answers
    assert answers is not None
    first = _read(sample)
    assert str(first["References"]).split() == [root(first), *answers.references, answers.message_id]
    again = replace(answers, references=(root(first), *answers.references))
    mail = _read(replace(sample, letter=replace(sample.letter, answers=again)))
    assert mail["References"] == first["References"]
    assert mail["In-Reply-To"] == answers.message_id


def test_what_belongs_to_no_cycle_has_no_thread() -> None:
    """The operator's letters about the machine."""
    alarm = full_letter(K.ALARM)
    mail = _read(replace(alarm, letter=replace(alarm.letter, cycle="")))
    assert (mail["References"], mail["In-Reply-To"], mail["Thread-Topic"]) == (None, None, None)
