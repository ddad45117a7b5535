"""BATAL: a word is taken back before it stands, a draft before anybody has decided, and nothing leaves meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from mailbot.core.chasing.debts import debts
from mailbot.core.decide import decide
from mailbot.core.draft.document import UNEXAMINED
from mailbot.core.draft.draft_facts import DraftCompiled, DraftEdited
from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.facts import AnswerUnclear, MailUnplaced, TimePassed
from mailbot.core.model.letters import Asked, LetterKind, Reason
from mailbot.core.model.mail import Proof
from mailbot.core.model.office import Office
from mailbot.core.model.people import Acting, Role
from mailbot.core.model.sop import Step
from mailbot.core.recall.letters_of_recall import Recall
from tests.core.play import Play, drafting, ratifying, reviewing, submitted, value_of, with_policy
from tests.offices.small import OFFICE, person, wib

WINDOW = with_policy(replace(OFFICE.policy, recall_minutes=30))
"""The small office with the window that is shipped."""


def windowed(play: Play, office: Office = WINDOW) -> Play:
    """Return a play that goes on in an office with a window."""
    return replace(play, office=office, letters=list(play.letters), journal=[])


@pytest.mark.parametrize(
    ("given", "stands"),
    [
        (wib(12, 9), wib(12, 9.5)),
        (wib(12, 15.75), wib(13, 7.75)),
        (wib(12, 20), wib(13, 8)),
        (wib(17, 11), wib(19, 8)),
        (wib(13, 6), wib(13, 8)),
    ],
)
def test_a_word_stands_after_thirty_minutes_of_office_time(given: datetime, stands: datetime) -> None:
    """In office hours, over the evening, at night, over a weekend, before the office opens."""
    play = windowed(ratifying())
    play.at = given
    play.says("kadis", Word.DISAHKAN)
    assert play.cycle.verdicts[-1].stands_at == stands
    assert value_of(play.letter(LetterKind.VERDICT_NOTED), "until") == stands


def test_nothing_leaves_before_the_word_stands_and_row_8_begins_then() -> None:
    """Row 8's hour runs from that moment, however late the clock is looked at; row 7 was done with the word."""
    play = windowed(ratifying())
    play.at = wib(12, 10)
    play.says("kadis", Word.DISAHKAN)
    play.clock(wib(12, 10.4))
    assert (play.step(), play.all_letters(LetterKind.SUBMISSION)) == (Step.RATIFY, [])
    play.clock(wib(12, 14))
    assert play.step() is Step.SUBMIT
    assert (play.cycle.since, play.cycle.due_at) == (wib(12, 10.5), wib(12, 11.5))
    assert play.cycle.rows_done[-1][3] == wib(12, 10)
    assert play.letter(LetterKind.SUBMISSION).to == "bappeda"


def test_a_word_does_not_stand_while_nobody_listens() -> None:
    """BATAL may lie on a server that cannot be read."""
    play = windowed(ratifying())
    play.says("kadis", Word.DISAHKAN)
    play.unheard(wib(12, 15), wib(12, 9.25))
    assert play.step() is Step.RATIFY
    play.unheard(wib(12, 15.5), wib(12, 9.5))
    assert play.step() is Step.SUBMIT


def test_without_a_window_a_word_stands_at_once() -> None:
    """The office may set it to none; then the echo speaks of none."""
    play = ratifying()
    play.says("kadis", Word.DISAHKAN)
    assert play.step() is Step.SUBMIT
    assert value_of(play.letter(LetterKind.VERDICT_NOTED), "until") is None


def test_batal_takes_a_word_back_and_the_row_waits_as_before() -> None:
    """It is kept for the record, decides nothing, and the same word may be given again in answer to the answer."""
    play = windowed(ratifying())
    play.says("kadis", Word.DISAHKAN)
    play.at = wib(12, 9.25)
    play.asks("kadis", Word.BATAL)
    play.clock(wib(12, 16))
    assert play.step() is Step.RATIFY
    assert [word.word for word in play.cycle.recalled] == ["DISAHKAN"]
    assert [word.step for word in play.cycle.verdicts] == [Step.DRAFT, Step.REVIEW]
    answer = play.letter(LetterKind.RECALLED)
    assert (answer.to, answer.asks, value_of(answer, "said")) == ("kadis", play.last_asked("kadis"), "DISAHKAN")
    assert [line.event for line in play.journal].count("word_recalled") == 1
    play.says("kadis", Word.DISAHKAN, about=answer.asks)
    play.clock(wib(13, 8))
    assert play.step() is Step.SUBMIT


def test_what_came_in_time_counts_however_late_it_is_worked() -> None:
    """The window is judged by when BATAL reached the server."""
    play = windowed(ratifying())
    play.says("kadis", Word.DISAHKAN)
    play.at = wib(12, 9.45)
    batal = play.asking("kadis", Word.BATAL)
    play.unheard(wib(12, 11), wib(12, 9.4))
    play.happens(replace(batal, at=wib(12, 11)))
    play.clock(wib(12, 12))
    assert play.step() is Step.RATIFY


def test_every_row_s_word_can_be_taken_back() -> None:
    """Consent and objection of row 1, TERUSKAN, SETUJU, PERBAIKI, DITERIMA: the row stands as if nothing was said."""
    informing = Play(office=WINDOW, at=wib(5, 9)).opens()
    told = [
        (informing, "sekretaris", Word.SETUJU, Step.INFORM),
        (informing, "sekretaris", Word.KEBERATAN, Step.INFORM),
        (drafting(), "perencanaan", Word.TERUSKAN, Step.DRAFT),
        (reviewing(), "sekretaris", Word.SETUJU, Step.REVIEW),
        (reviewing(), "sekretaris", Word.PERBAIKI, Step.REVIEW),
        (ratifying(), "kadis", Word.PERBAIKI, Step.RATIFY),
        (submitted(), "bappeda", Word.DITERIMA, Step.SUBMIT),
    ]
    for standing, who, word, step in told:
        play = windowed(standing)
        before = play.cycle.verdicts
        play.says(who, word, "Tabel 3.2.")
        assert (play.step(), len(play.cycle.verdicts)) == (step, len(before) + 1), word
        play.asks(who, Word.BATAL)
        assert (play.cycle.verdicts, len(play.cycle.recalled)) == (before, 1), word
        play.clock(wib(12, 15))
        assert not play.cycle.closed
        assert step is Step.INFORM or play.step() is step


def test_the_answer_to_an_objection_is_laid_before_him_at_once() -> None:
    """Nothing is offered that could not be kept: the Sekretaris has the matter again, and decides."""
    play = Play(office=WINDOW, at=wib(5, 9)).opens()
    play.says("sekretaris", Word.KEBERATAN, "Kurang lengkap.")
    play.says("perencanaan", Word.TERUSKAN, about=play.last_asked("perencanaan"))
    assert value_of(play.letter(LetterKind.VERDICT_NOTED, "perencanaan"), "until") is None


def test_an_objection_that_is_taken_back_is_told_and_the_row_waits_for_his_word() -> None:
    """Subbag Program had heard of it; and silence after all that is no consent."""
    play = Play(office=WINDOW, at=wib(5, 9)).opens()
    play.says("sekretaris", Word.KEBERATAN, "Kurang lengkap.")
    play.asks("sekretaris", Word.BATAL, "", "Sudah kami bicarakan.")
    told = play.letter(LetterKind.RECALL_TOLD)
    assert (told.to, value_of(told, "fate"), told.remarks) == (
        "perencanaan",
        Recall.TAKEN_BACK,
        ("Sudah kami bicarakan.",),
    )
    play.clock(wib(8, 9))
    assert play.step() is Step.INFORM


def test_a_refusal_leads_back_once_it_stands_with_all_its_remarks() -> None:
    """What he adds within the window joins it; Subbag Program gets one letter, when it can be taken back no more."""
    play = windowed(reviewing())
    play.says("sekretaris", Word.PERBAIKI, "Tabel 3.2.", document="a" * 64)
    play.at = wib(12, 9.25)
    play.says("sekretaris", Word.PERBAIKI, "Dan kata pengantar.", about=play.last_asked("sekretaris"))
    play.clock(wib(12, 9.6))
    assert play.step() is Step.REVIEW
    play.clock(wib(12, 9.75))
    assert play.step() is Step.DRAFT
    letter = play.letter(LetterKind.REVISION)
    assert [(one.number, one.remark.text) for one in play.cycle.remarks] == [
        (1, "Tabel 3.2."),
        (2, "Dan kata pengantar."),
    ]
    assert letter.numbers == (1, 2)
    assert "a" * 64 in [one.sha256 for one in letter.enclosures]
    assert len(play.all_letters(LetterKind.REVISION)) == 1


def test_within_the_window_the_later_word_counts() -> None:
    """PERBAIKI after SETUJU, and SETUJU after PERBAIKI; the same consent twice is the first one."""
    play = windowed(reviewing())
    play.says("sekretaris", Word.SETUJU)
    play.at = wib(12, 9.25)
    asked = play.last_asked("sekretaris")
    play.says("sekretaris", Word.SETUJU, about=asked)
    assert value_of(play.letters[-1], "reason") is Reason.RECORDED
    assert play.cycle.verdicts[-1].stands_at == wib(12, 9.5)
    play.says("sekretaris", Word.PERBAIKI, "Ringkas.", about=asked)
    play.clock(wib(12, 9.6))
    assert play.step() is Step.REVIEW
    play.clock(wib(12, 9.75))
    assert play.step() is Step.DRAFT
    assert [word.word for word in play.cycle.recalled] == ["SETUJU"]


def test_after_the_window_the_wish_reaches_subbag_program() -> None:
    """He is told that it is over; they can still pull the draft back, while the next one has not decided."""
    play = windowed(reviewing())
    play.says("sekretaris", Word.SETUJU)
    play.clock(wib(12, 9.5))
    assert play.step() is Step.RATIFY
    play.asks("sekretaris", Word.BATAL, "", "Ada angka yang keliru.")
    assert value_of(play.letter(LetterKind.OUT_OF_TURN), "reason") is Reason.RECALL_OVER
    told = play.letter(LetterKind.RECALL_TOLD)
    assert (told.to, value_of(told, "fate"), value_of(told, "said")) == ("perencanaan", Recall.WISHED, "SETUJU")
    play.asks("perencanaan", Word.BATAL)
    assert play.step() is Step.DRAFT


def test_subbag_program_pulls_back_a_draft_that_nobody_has_decided() -> None:
    """They have it as it was, whoever had it is told, and it goes on by TERUSKAN as ever."""
    play = windowed(ratifying())
    draft = play.cycle.draft
    assert draft is not None
    play.asks("perencanaan", Word.BATAL)
    assert play.step() is Step.DRAFT
    assert play.cycle.draft == replace(draft, again=1, renew=True)
    assert {letter.to for letter in play.all_letters(LetterKind.RECALL_TOLD)} == {"kadis", "sekretaris"}
    own = play.letter(LetterKind.RECALLED)
    assert (value_of(own, "fate"), own.asks) == (
        Recall.PULLED_BACK,
        Asked(step=Step.DRAFT, version=1, docx_sha256=draft.docx_sha256),
    )
    play.compiles(same=True)
    play.says("perencanaan", Word.TERUSKAN, about=own.asks)
    play.clock(wib(12, 10))
    assert play.step() is Step.REVIEW


def test_a_draft_about_which_somebody_has_decided_is_not_pulled_back() -> None:
    """His word may be taken back by himself; once it stands the next row has the draft."""
    play = windowed(ratifying())
    play.says("kadis", Word.DISAHKAN)
    play.asks("perencanaan", Word.BATAL)
    assert play.step() is Step.RATIFY
    assert value_of(play.letter(LetterKind.OUT_OF_TURN), "reason") is Reason.DECIDED


def test_who_said_nothing_has_nothing_to_take_back() -> None:
    """No code is asked for it either; and nobody takes back what another has said."""
    play = windowed(ratifying())
    play.says("kadis", Word.DISAHKAN)
    for who, proof in (("kabid-dafduk", Proof.NONE), ("bappeda", Proof.AUTHENTICATED)):
        play.asks(who, Word.BATAL, proof=proof)
        assert value_of(play.letter(LetterKind.OUT_OF_TURN), "reason") is Reason.NOTHING_TO_RECALL
    assert play.cycle.recalled == ()


def test_an_unproved_batal_is_asked_for_a_code_and_the_word_waits_once_more() -> None:
    """So the code can come in time; a forger puts it off once, and what our server found false not at all."""
    play = windowed(ratifying())
    play.says("kadis", Word.DISAHKAN)
    play.at = wib(12, 9.4)
    play.asks("kadis", Word.BATAL, proof=Proof.FAILED)
    assert play.cycle.verdicts[-1].stands_at == wib(12, 9.5)
    play.asks("kadis", Word.BATAL, proof=Proof.NONE)
    assert play.letter(LetterKind.CHALLENGE).to == "kadis"
    assert play.cycle.verdicts[-1].stands_at == wib(12, 9.9)
    for hour in (9.6, 9.8):
        play.at = wib(12, hour)
        play.asks("kadis", Word.BATAL, proof=Proof.NONE)
    assert play.cycle.verdicts[-1].stands_at == wib(12, 10)


def test_a_second_thought_that_is_no_word_puts_it_off_and_a_courtesy_does_not() -> None:
    """What he writes in answer to the echo may mean that it was a slip: it is asked about, and his word waits."""
    play = windowed(ratifying())
    play.says("kadis", Word.DISAHKAN)
    asked = play.last_asked("kadis")
    play.at = wib(12, 9.4)
    for courtesy, stands in ((True, wib(12, 9.5)), (False, wib(12, 9.9))):
        slip = Said(remarks=("Maaf, kepencet.",))
        source = play.source("kadis")
        fact = AnswerUnclear(
            at=play.at, source=source, said=slip, about=asked, reason=Reason.REMARKS, courtesy=courtesy
        )
        play.happens(fact)
        assert play.cycle.verdicts[-1].stands_at == stands
    play.happens(MailUnplaced(at=wib(12, 9.45), source=replace(play.source("sekretaris"), received_at=wib(12, 9.45))))
    assert play.cycle.verdicts[-1].stands_at == wib(12, 9.9)


def test_a_refusal_that_lacks_its_reason_holds_a_consent_up() -> None:
    """PERBAIKI without a remark is asked back; what was consented to a minute before does not leave meanwhile."""
    play = windowed(reviewing())
    play.says("sekretaris", Word.SETUJU)
    play.at = wib(12, 9.4)
    play.says("sekretaris", Word.PERBAIKI, about=play.last_asked("sekretaris"))
    assert value_of(play.letters[-1], "reason") is Reason.NO_REASON
    assert play.cycle.verdicts[-1].stands_at == wib(12, 9.9)


def test_who_signs_is_not_looked_at_while_a_ratification_waits_to_stand() -> None:
    """Ratified in the last minutes of somebody's last day, it leaves with his name the next morning."""
    people = tuple(replace(one, until=date(2026, 1, 12)) if one.key == "kadis" else one for one in OFFICE.roster.people)
    successor = replace(person("kadis-baru", Role.AGENCY_HEAD), since=date(2026, 1, 13))
    office = replace(WINDOW, roster=replace(OFFICE.roster, people=(*people, successor)))
    play = windowed(ratifying(replace(office, policy=OFFICE.policy)), office)
    play.at = wib(12, 15.9)
    play.says("kadis", Word.DISAHKAN)
    play.clock(wib(13, 7.5))
    assert play.step() is Step.RATIFY
    play.clock(wib(13, 8))
    assert play.step() is Step.SUBMIT
    assert play.cycle.draft is not None
    assert play.cycle.draft.signer == "kadis"


def test_somebody_else_in_the_post_cannot_add_to_a_word_that_waits() -> None:
    """A Plh. whose day begins within the window finds it decided; the word is its giver's, from his other post too."""
    plh = replace(person("plh-kadis", Role.AGENCY_HEAD), acting=Acting.DAILY_ACTING, since=date(2026, 1, 13))
    office = replace(WINDOW, roster=replace(OFFICE.roster, people=(*OFFICE.roster.people, plh)))
    play = windowed(ratifying(replace(office, policy=OFFICE.policy)), office)
    play.at = wib(12, 15.9)
    play.says("kadis", Word.DISAHKAN)
    asked = play.last_asked("kadis")
    play.at = wib(13, 7.6)
    play.says("plh-kadis", Word.PERBAIKI, "Ulangi.", about=asked)
    assert value_of(play.letters[-1], "reason") is Reason.ALREADY
    assert play.cycle.verdicts[-1].word == "DISAHKAN"


def test_nobody_is_reminded_of_a_word_that_waits_to_stand() -> None:
    """Given on the last afternoon it stands the next morning: he owes nothing meanwhile."""
    play = windowed(ratifying())
    play.at = wib(13, 15.9)
    play.says("kadis", Word.DISAHKAN)
    assert debts(play.cycle, wib(14, 7.6), WINDOW) == ()
    play.asks("kadis", Word.BATAL)
    assert [debt.person.key for debt in debts(play.cycle, wib(14, 7.6), WINDOW)] == ["kadis"]


def test_an_edited_draft_that_comes_within_the_window_takes_the_place_of_the_one_passed_on() -> None:
    """TERUSKAN was about another file: the new one waits for its own, even where it says the same."""
    play = windowed(drafting())
    play.says("perencanaan", Word.TERUSKAN)
    about = play.last_asked("perencanaan")
    assert about is not None
    for same in (True, False):
        edit = DraftEdited(
            at=play.at,
            source=play.source("perencanaan"),
            about=about,
            document_sha256="e" * 64,
            examined=replace(UNEXAMINED, same=same),
        )
        after = decide(play.cycle, edit, play.office).cycle
        made = DraftCompiled(
            at=play.at, version=after.draft.version if after.draft else 0, docx_sha256="e" * 64, pdf_sha256=""
        )
        after = decide(after, made, play.office).cycle
        clock = TimePassed(at=wib(12, 12), heard_until=wib(12, 12))
        assert decide(after, clock, play.office).cycle.step is Step.DRAFT


def test_a_draft_passed_on_with_an_edit_can_be_taken_back_before_and_after_it_is_compiled() -> None:
    """The edited version stays the present one, and lies with its author again."""
    for compiled in (False, True):
        play = windowed(drafting())
        play.says("perencanaan", Word.TERUSKAN, document="e" * 64)
        if compiled:
            play.compiles()
        play.asks("perencanaan", Word.BATAL)
        if not compiled:
            play.compiles()
        play.clock(wib(12, 12))
        assert play.step() is Step.DRAFT
        assert play.cycle.draft is not None
        assert (play.cycle.draft.version, play.cycle.draft.passed_on) == (2, False)
        laid = play.letter(LetterKind.RECALLED if compiled else LetterKind.DRAFT)
        assert laid.asks is not None
        assert laid.asks.docx_sha256 == "e" * 64
