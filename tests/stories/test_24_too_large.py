"""Story 24: a mail too large to be taken decides nothing, and whoever of the office sent it is told that it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.sop import Step
from mailbot.reading.limits import mail_limits
from mailbot.settings.files.limits import Limits
from tests.office import Seen, ToyOffice, requested
from tests.stories.form_life import plain
from tests.stories.test_19_answers_reach_people import asked

SCAN = ("scan.jpg", b"\xff\xd8\xff" + bytes(1_100_000))
SAYS_SO = "lebih besar daripada yang dapat kami terima"
WAITS = [
    ("sekretaris", "data_needs", "SETUJU"),
    ("perencanaan", "draft", "TERUSKAN"),
    ("sekretaris", "review", "SETUJU"),
    ("kadis", "ratify", "DISAHKAN"),
]


def narrow(office: ToyOffice) -> ToyOffice:
    """Let an office take no mail over a megabyte."""
    office.has(limits=mail_limits(Limits(message_mb=1)))
    return office


def sends_much(office: ToyOffice, who: str, letter: Seen | None, *, subject: str = "", proved: bool = True) -> None:
    """Let somebody send more than is taken, with a subject of his own."""
    raw = office.mail(who, letter, "Terlampir.", SCAN, proved=proved)
    if subject:
        before, _, rest = raw.partition(b"\r\nSubject: ")
        after = rest[rest.index(b"\r\nMessage-ID") :]
        raw = before + b"\r\nSubject: " + subject.encode() + after
    office.arrives(raw)


@pytest.mark.parametrize(("who", "kind", "word"), WAITS)
def test_whose_word_is_awaited_is_told_the_size_and_asked_for_the_word(who: str, kind: str, word: str) -> None:
    """The question can be answered with the word, and that counts."""
    office = narrow(asked(kind))
    step = office.cycle().step
    sends_much(office, who, office.letter(who, kind))
    assert office.ledger.inbox.listing()[0].outcome is MailOutcome.OVERSIZE
    asked_back = office.letter(who, "unclear")
    assert SAYS_SO in plain(asked_back.text)
    assert word in plain(asked_back.text).split()
    assert office.cycle().step is step
    office.answers(who, asked_back, word)
    assert office.letters_to(who, "verdict_noted") or office.cycle().step is not step


@pytest.mark.parametrize("proved", [True, False])
@pytest.mark.parametrize(("who", "kind", "word"), WAITS)
def test_a_word_in_the_subject_of_a_mail_that_was_not_read_decides_nothing(
    who: str, kind: str, word: str, *, proved: bool
) -> None:
    """Nobody has seen what stands below it."""
    office = narrow(asked(kind))
    sends_much(office, who, office.letter(who, kind), subject=word, proved=proved)
    assert not office.cycle().verdicts[len(asked(kind).cycle().verdicts) :]
    assert not office.letters_to(who, "challenge")
    assert SAYS_SO in plain(office.letter(who, "unclear").text)


def test_benar_in_the_subject_of_a_mail_that_was_not_read_affirms_nothing() -> None:
    """A word was doubted; what answers the question cannot be read."""
    office = narrow(asked("review"))
    office.answers("sekretaris", office.letter("sekretaris", "review"), "SETUJU\n\nMinta dicek dulu angkanya")
    sends_much(office, "sekretaris", office.letter("sekretaris", "doubted"), subject="BENAR")
    assert office.cycle().step is Step.REVIEW
    assert not [verdict for verdict in office.cycle().verdicts if verdict.step is Step.REVIEW]


@pytest.mark.parametrize("who", ["kadis", "perencanaan", "bappeda", "kasi-kelahiran", "kabid-capil", "operator"])
@pytest.mark.parametrize("subject", ["", "STATUS"])
def test_anybody_listed_is_told_the_size(who: str, subject: str) -> None:
    """Whoever it is, whosever move it is: one answer, and it says why nothing was read."""
    office = narrow(requested())
    before = len(office.letters_to(who))
    sends_much(office, who, None, subject=subject)
    (answer,) = office.letters_to(who)[before:]
    assert SAYS_SO in plain(answer.text)


def test_before_there_is_a_cycle_the_size_is_told() -> None:
    """Nothing runs yet."""
    office = narrow(ToyOffice())
    sends_much(office, "kadis", None)
    (answer,) = office.letters_to("kadis")
    assert SAYS_SO in plain(answer.text)


def test_a_stranger_and_a_robot_hear_nothing() -> None:
    """As ever."""
    office = narrow(requested())
    before = len(office.post.delivered)
    office.arrives(office.mail("kadis", None, "Halo", SCAN, address="orang@contoh.example.org"))
    office.arrives(office.mail("kadis", None, "Halo", SCAN, extra=(("Auto-Submitted", "auto-replied"),)))
    assert len(office.post.delivered) == before


def test_the_secretary_s_unread_mail_is_no_silence() -> None:
    """Row 1 waits for his word from then on."""
    office = narrow(asked("data_needs"))
    sends_much(office, "sekretaris", office.letter("sekretaris", "data_needs"))
    assert office.cycle().undecided


def test_without_a_thread_no_row_ends_by_the_secretary_s_silence_while_two_cycles_run() -> None:
    """Nobody knows which of them it is about; he hears once."""
    office = asked("data_needs")
    both = (*office.office.cycles, replace(office.office.cycles[0], key="kedua"))
    office.has(office=replace(office.office, cycles=both))
    narrow(office).works()
    sends_much(office, "sekretaris", None)
    assert [cycle.undecided for cycle in office.ledger.cycles.open()] == [True, True]
    assert len([letter for letter in office.letters_to("sekretaris") if SAYS_SO in plain(letter.text)]) == 1
