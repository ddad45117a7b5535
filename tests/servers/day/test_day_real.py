"""A day at real Postfix and Dovecot on which all of section P happens: nothing lost, nothing doubled, no flood.

row  caused by                                                  and then
P1   folder shut to Dovecot (SEARCH: NO); line cut in a list;   nobody is reminded, the operator hears at once and when
     login to IMAP refused                                      it is over; what lay there is answered once
P2   a mail's file shut to Dovecot (FETCH: BYE), then gone;     vanished after two good looks, and a bad one is none;
     another one readable again                                 the other is read and answered once
P3   Postfix refuses the account: 550 5.4.5, 454, then 535;     letters wait, one is tried each quarter of an hour, all
     one addressee: 550 5.1.1                                   leave once; that one is given up, and row 2 waits
P4   hundreds of hostile mails; few letters a minute            one letter and one line of it; the cycle's leave first
P5   mail forged in a head's name; more questions of his own    his own mail is answered all the same; his receipt is
     than answers a day                                         put off for a day, and leaves
P6   Postfix repeats password and login in its refusal          they stand in no file, letter, log or bell
P7   recipients.yaml edited                                     the request leaves to the new address; row 2 ends
P8   a report of non-delivery without a letter of ours          one line in the morning, by recipient; nothing changes
P9   names of nearly 300 signs, with commas, in From and To     one address, valid lines; the report's title is cut
P10  words of an answer saved half                              that mail waits, others are worked; answered once
P11  Word file of the report saved half, in one of two cycles   trouble is told, both cycles go on
P12  a folder that gets new numbers, three times                no second effect; one line in the morning
P13  a body of dashes of 4 MB                                   worked in the same pass as all others
F11  line to Postfix cut in an answer, and within a letter      found among the sent; sent again; each arrives once

Not here, for a server that works does not do it: a list that ends well and lacks mails (P1), a suspension that says
nothing of the sender (P3, `tests/post/test_blame.py`); a locked database (P10) is `tests/faults`' matter, and a list of
32,766 mails (P11) would take Dovecot ten minutes to be filled.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.examined.real import tape_of
from tests.examiner.examine import examine
from tests.examiner.office import read_office
from tests.examiner.tape import Charge, Tape
from tests.servers.day.accounts import (
    every_letter_arrived_once,
    every_mail_has_its_end,
    every_name_is_whole,
    figures,
    no_secret_was_written,
    the_operator_heard,
)
from tests.servers.day.office import Day, day_office
from tests.servers.day.scenes import SCENES
from tests.servers.real_mail import RealMail

pytestmark = pytest.mark.servers


def test_a_day_on_which_everything_goes_wrong_loses_and_doubles_nothing(
    tmp_path: Path, real_mail: RealMail, caplog: pytest.LogCaptureFixture
) -> None:
    """Hour by hour; in the end books, mailboxes and folder for sent mail agree, and the examiner has no charge."""
    with day_office(tmp_path, real_mail) as day:
        for scene in SCENES:
            scene(day)
            print(scene.__doc__)  # noqa: T201 - what was played is this test's result, beside the figures
        every_mail_has_its_end(day)
        every_letter_arrived_once(day)
        every_name_is_whole(day)
        the_operator_heard(day)
        no_secret_was_written(day, caplog.text)
        tape = tape_of(day.office, finished=True)
        assert charges(day, tape) == ()
        # He has looked: with one answer twice, or without it, the day is condemned.
        umum = day.office.keyboards["umum"].address
        answers = [one for one in tape.left if one.to == umum and one.at < day.moment(0, 0)]  # reminded since
        answer = max(answers, key=lambda one: one.at)
        without = tuple(one for one in tape.left if one is not answer)
        assert "doubled" in {one.law for one in charges(day, replace(tape, left=(*tape.left, answer)))}
        assert {one.law for one in charges(day, replace(tape, left=without))} == {"lost"}
        print(figures(day))  # noqa: T201 - the same


def charges(day: Day, tape: Tape) -> tuple[Charge, ...]:
    """Return what the examiner has to say of a tape of that day."""
    return examine(tape, read_office(day.config, "2025"))
